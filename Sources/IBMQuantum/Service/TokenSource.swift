import Foundation

/// Exchanges the API key for tokens, each of which lives an hour at most.
actor TokenSource {
    private struct Held {
        let token: Secret
        let renewal: Date
    }

    private let key: Secret
    private let identity: URL
    private let transport: any HTTPTransport
    private let clock: ServiceClock
    private var held: Held?

    /// A source that has no token yet.
    init(key: Secret, identity: URL, transport: any HTTPTransport, clock: ServiceClock) {
        self.key = key
        self.identity = identity
        self.transport = transport
        self.clock = clock
    }

    /// A token that is good for a while: it is renewed when four fifths of its life are over.
    /// - Throws: `IBMError.refusedKey`, `.unreachable`, `.interrupted`.
    func token() async throws(IBMError) -> Secret {
        if let held, clock.now() < held.renewal { return held.token }
        let start = clock.now()
        let grant = try await exchange()
        let token = Secret(grant.access_token)
        held = Held(token: token, renewal: start.addingTimeInterval(0.8 * max(0, grant.expires_in)))
        return token
    }

    /// Forgets `token`, which the service has refused.
    func discard(_ token: Secret) {
        if held?.token == token { held = nil }
    }

    /// `text` without the key and the token.
    func redacted(_ text: String) -> String {
        let text = key.redacted(from: text)
        return held?.token.redacted(from: text) ?? text
    }

    private func exchange() async throws(IBMError) -> Grant {
        let call = HTTPCall(
            method: "POST", url: identity.appending(path: "identity/token"),
            headers: [
                "Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json",
            ], body: form, timeout: .seconds(30))
        var pause = BackOff.reading
        var reason = ""
        for trial in 0..<ServiceClient.readingTrials {
            if trial > 0 { try await clock.wait(pause.advance()) }
            let answer: HTTPAnswer
            do throws(TransportError) {
                answer = try await transport.send(call)
            } catch {
                guard case .lost(let cause) = error else { throw .interrupted(jobs: []) }
                reason = cause
                continue
            }
            if answer.status == 200 {
                if let grant = try? JSONDecoder().decode(Grant.self, from: answer.body) { return grant }
                reason = "the answer is no token"
            } else {
                let problem = redacted("\(ServiceProblem(answer))")
                guard answer.status == 429 || answer.status >= 500 else { throw .refusedKey(reason: problem) }
                reason = "status \(answer.status): \(problem)"
            }
        }
        throw .unreachable(call: "the exchange of the key for a token", reason: reason)
    }

    private var form: Data {
        var unreserved = CharacterSet.alphanumerics.intersection(
            CharacterSet(charactersIn: "\u{0}"..."\u{7f}"))
        unreserved.insert(charactersIn: "-._~")
        let type = "urn:ibm:params:oauth:grant-type:apikey"
        let encoded = key.withText { $0.addingPercentEncoding(withAllowedCharacters: unreserved) ?? "" }
        return Data("grant_type=\(type)&apikey=\(encoded)".utf8)
    }

    /// The part of the answer that matters; names as in the answer.
    private struct Grant: Decodable {
        let access_token: String
        let expires_in: Double
    }
}
