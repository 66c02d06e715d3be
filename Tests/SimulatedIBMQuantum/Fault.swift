/// Something that goes wrong once.
public struct Fault: Sendable {
    /// The call that it happens to.
    public enum Kind: Sendable, CaseIterable {
        case token, postJob, listJobs, job, result, cancel, openSession, closeSession, usage, document
    }

    /// Why a job ends without a result.
    public struct Failure: Sendable {
        let status: String
        let reason: String
        let code: Int
        let solution: String

        /// An end in the service's words.
        public init(status: String = "Failed", reason: String, code: Int, solution: String) {
            self.status = status
            self.reason = reason
            self.code = code
            self.solution = solution
        }
    }

    /// What happens.
    public enum Effect: Sendable {
        /// The connection closes before the call has had an effect.
        case cutBefore
        /// The connection closes after the call has had its effect.
        case cutAfter
        /// Another answer, and no effect.
        case status(Int, body: String, headers: [String: String] = [:])
        /// Another answer, and the effect nevertheless.
        case statusAfter(Int, body: String)
        /// Half of the answer.
        case truncated
        /// Every token is void from now on.
        case revoked
        /// The job that is made will fail.
        case failed(Failure)
        /// The job is made and the connection closes; lists show it only from the second list on.
        case hidden
        /// The job is made and the connection closes; lists show it only so many seconds later.
        case late(Double)
        /// The result is gone.
        case deleted
    }

    var call: Kind
    var effect: Effect
    /// Calls of that kind that go well before.
    var skipped: Int

    /// A fault of the call after `skipped` that go well.
    public init(_ call: Kind, _ effect: Effect, after skipped: Int = 0) {
        self.call = call
        self.effect = effect
        self.skipped = skipped
    }

    /// A gateway's page.
    public static let page = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
}
