import Foundation
import IBMQuantum

/// IBM Quantum as its documentation describes it, in memory: keys, tokens, jobs, sessions, and every way to fail.
///
/// It is a value, so that a copy is what the service was at that moment.
public struct SimulatedService: Sendable {
    /// The only key that it knows, with characters that a form must escape.
    public static let key = "api+key/4711&secret="
    /// The only instance that it has.
    public static let instance = "crn:v1:bluemix:public:quantum-computing:us-east:a/0123:4567-89ab::"

    /// A request, taken apart.
    public struct Request: Sendable {
        var method: String
        var path: String
        var query: [(name: String, value: String)]
        /// By lower-case name.
        var headers: [String: String]
        var body: Data

        func values(_ name: String) -> [String] { query.filter { $0.name == name }.map(\.value) }
    }

    /// What goes back.
    enum Reply {
        case answer(HTTPAnswer)
        /// The result of a job is wanted that was not computed yet.
        case needsResult(job: String)
        /// The connection is closed without a byte.
        case cut
    }

    /// A job as the service has it.
    public struct Job: Sendable {
        /// Its name.
        public let id: String
        /// What was sent.
        public let body: Data
        /// What it is found by.
        public let tags: [String]
        let program: String
        let device: String
        let session: String?
        /// `Queued`, `Running`, or how it has ended.
        public internal(set) var status = "Queued"
        var looks = 0
        var failure: Fault.Failure?
        var result: Data?
        var isHidden = false
        /// Before this time lists leave it out.
        var isListedFrom: Date?
    }

    /// A batch or session.
    public struct Session: Sendable {
        let id: String
        /// `batch` or `dedicated`.
        public let mode: String
        /// Whether it takes jobs.
        public internal(set) var isOpen = true
    }

    /// What is still to go wrong; each fault happens once.
    public var faults: [Fault] = []
    /// Looks at a job until it runs, and as many more until it is done.
    public var queueLooks = 1
    /// Whether results of several parameter sets come as one list.
    public var flattensSets = false
    /// Seconds that a token lives.
    public var tokenLife = 3600
    /// Whether all device time has been used.
    public var isQuotaUsed = false
    /// Documents on devices, such as `ibm_simulated/properties`, by path; others say little.
    public var documents: [String: Data] = [:]
    /// Every request so far, as METHOD PATH; it grows also when the connection is cut.
    public internal(set) var log: [String] = []
    /// Every job so far.
    public internal(set) var jobs: [Job] = []
    /// Every session so far.
    public internal(set) var sessions: [Session] = []
    /// Tokens that were given out, in order.
    public internal(set) var tokens: [String] = []
    var validTokens: [String: Date] = [:]
    var posts: [Date] = []
    /// The service's time.
    public var now: @Sendable () -> Date = { Date() }

    /// A service without jobs.
    public init() {}

    /// How often jobs were asked for and made: more than parts of work means that one was sent twice.
    public var jobCount: Int { jobs.count }

    /// Opens a batch, as a process does that is killed afterwards.
    public mutating func openAbandonedSession() {
        sessions.append(Session(id: "s\(sessions.count)", mode: "batch"))
    }

    mutating func reply(to request: Request) -> Reply {
        log.append("\(request.method) \(request.path)")
        guard let call = Call(request) else { return .answer(Self.error(404, 1404, "No such address.")) }
        if let index = faults.firstIndex(where: { $0.call == call.kind }) {
            let fault = faults[index]
            if fault.skipped > 0 {
                faults[index].skipped -= 1
            } else {
                faults.remove(at: index)
                return apply(fault.effect, to: call, request)
            }
        }
        return answer(call, request)
    }

    private mutating func apply(_ effect: Fault.Effect, to call: Call, _ request: Request) -> Reply {
        switch effect {
        case .cutBefore: return .cut
        case .cutAfter:
            _ = answer(call, request)
            return .cut
        case .status(let status, let body, let headers):
            return .answer(HTTPAnswer(status: status, headers: headers, body: Data(body.utf8)))
        case .statusAfter(let status, let body):
            _ = answer(call, request)
            return .answer(HTTPAnswer(status: status, body: Data(body.utf8)))
        case .truncated:
            guard case .answer(var answer) = answer(call, request) else { return .cut }
            answer.body = answer.body.prefix(answer.body.count / 2)
            return .answer(answer)
        case .revoked:
            validTokens = [:]
            return .answer(Self.error(401, 1201, "Invalid credentials."))
        case .failed(let failure):
            let reply = answer(call, request)
            if !jobs.isEmpty { jobs[jobs.count - 1].failure = failure }
            return reply
        case .hidden:
            _ = answer(call, request)
            jobs[jobs.count - 1].isHidden = true
            return .cut
        case .late(let seconds):
            _ = answer(call, request)
            jobs[jobs.count - 1].isListedFrom = now().addingTimeInterval(seconds)
            return .cut
        case .deleted:
            return .answer(HTTPAnswer(status: 204))
        }
    }
}
