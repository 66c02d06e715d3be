import Foundation

/// The service's calls for one instance.
///
/// Calls that change nothing are repeated when they fail; a call that submits is not (see `submit`).
public struct ServiceClient: Sendable {
    /// The version of the interface that this is written for.
    static let version = "2026-04-15"
    static let readingTrials = 6
    /// A gateway or the service has failed, for now.
    static let passingStatuses: Set = [500, 502, 503, 504, 520, 521, 522, 524]

    /// The instance that is asked.
    public let instance: InstanceCRN
    private let base: URL
    private let tokens: TokenSource
    private let transport: any HTTPTransport
    let clock: ServiceClock

    /// A client of an account's instance.
    public init(_ account: IBMAccount) {
        self.init(account, transport: NetworkTransport(), clock: .system)
    }

    /// A client over any transport, in any time.
    package init(_ account: IBMAccount, transport: any HTTPTransport, clock: ServiceClock) {
        instance = account.instance
        base = account.addresses.base(of: account.instance)
        tokens = TokenSource(
            key: account.key, identity: account.addresses.identity, transport: transport, clock: clock)
        self.transport = transport
        self.clock = clock
    }

    /// What one call came to.
    enum Attempt {
        case answered(HTTPAnswer)
        case lost(reason: String)
    }

    /// Makes one call; after a 401 once more with a new token, since a call that was not let in has done nothing.
    /// - Throws: `IBMError` of the token exchange; `.interrupted`.
    func attempt(
        _ method: String, _ path: String, query: [(String, String)] = [], body: Data? = nil,
        timeout: Duration = .seconds(60)
    ) async throws(IBMError) -> Attempt {
        var token = try await tokens.token()
        for isRenewed in [false, true] {
            var call = HTTPCall(
                method: method, url: url(path, query), headers: headers, body: body, timeout: timeout)
            call.headers["Authorization"] = token.withText { "Bearer \($0)" }
            if body != nil { call.headers["Content-Type"] = "application/json" }
            let answer: HTTPAnswer
            do throws(TransportError) {
                answer = try await transport.send(call)
            } catch {
                guard case .lost(let reason) = error else { throw .interrupted(jobs: []) }
                return .lost(reason: reason)
            }
            guard answer.status == 401, !isRenewed else { return .answered(answer) }
            await tokens.discard(token)
            token = try await tokens.token()
        }
        preconditionFailure("the second answer is returned")
    }

    /// The answer of a call that may be made any number of times, of one of `statuses`.
    /// - Throws: `IBMError.refused`, `.unreachable`, `.unreadableAnswer`, `.interrupted`.
    func read<Value>(
        _ path: String, method: String = "GET", query: [(String, String)] = [], body: Data? = nil,
        statuses: Set<Int> = [200], decode: (HTTPAnswer) throws -> Value
    ) async throws(IBMError) -> Value {
        let name = "\(method) \(path)"
        var pause = BackOff.reading
        var tooMany = BackOff.tooMany
        var failure = IBMError.unreachable(call: name, reason: "no answer")
        var wait = Duration.zero
        for _ in 0..<Self.readingTrials {
            if wait > .zero { try await clock.wait(wait) }
            wait = pause.advance()
            switch try await attempt(method, path, query: query, body: body) {
            case .lost(let reason):
                failure = .unreachable(call: name, reason: reason)
            case .answered(let answer) where statuses.contains(answer.status):
                do {
                    return try decode(answer)
                } catch {
                    failure = .unreadableAnswer(
                        call: name, problem: "\(answer.body.count) bytes that are cut off or no such document"
                    )
                }
            case .answered(let answer):
                let problem = await problem(of: answer)
                failure = .refused(call: name, status: answer.status, problem: problem)
                if answer.status == 429 {
                    wait = answer.retryAfter(now: clock.now()) ?? tooMany.advance()
                } else if Self.passingStatuses.contains(answer.status) {
                    failure = .unreachable(call: name, reason: "status \(answer.status): \(problem)")
                } else {
                    throw failure
                }
            }
        }
        throw failure
    }

    /// What is wrong by an answer, without secrets that a server may have put there.
    func problem(of answer: HTTPAnswer) async -> ServiceProblem {
        var problem = ServiceProblem(answer)
        problem.message = await tokens.redacted(problem.message)
        if let solution = problem.solution { problem.solution = await tokens.redacted(solution) }
        if let trace = problem.trace { problem.trace = await tokens.redacted(trace) }
        return problem
    }

    private var headers: [String: String] {
        ["Service-CRN": instance.description, "IBM-API-Version": Self.version, "Accept": "application/json"]
    }

    private func url(_ path: String, _ query: [(String, String)]) -> URL {
        let url = base.appending(path: path)
        return query.isEmpty
            ? url : url.appending(queryItems: query.map { URLQueryItem(name: $0, value: $1) })
    }
}

extension HTTPAnswer {
    /// How long the server asks to wait: seconds, or a date.
    func retryAfter(now: Date) -> Duration? {
        guard let text = headers["retry-after"] else { return nil }
        if let seconds = Double(text), seconds >= 0, seconds.isFinite { return .seconds(min(seconds, 3600)) }
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(identifier: "GMT")
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
        guard let date = format.date(from: text) else { return nil }
        return .seconds(min(max(0, date.timeIntervalSince(now)), 3600))
    }
}
