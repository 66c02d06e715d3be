import Foundation

/// What the service says of a job.
public struct ServiceJob: Sendable, Equatable {
    /// The service's name for it.
    public let id: String
    /// Where it is.
    public let status: JobStatus
    /// Why it has failed, in the service's words.
    public let problem: ServiceProblem
    /// When it was made, as the service writes it: ISO 8601, so that texts sort as times.
    public let created: String
    /// The tags that it was sent with.
    public let tags: [String]
}

/// Where a job is.
public enum JobStatus: Sendable, Equatable, CustomStringConvertible {
    case queued, running, completed, cancelled, failed
    /// A word that this program does not know: the job is taken to go on.
    case other(String)

    init(_ word: String) {
        switch word.lowercased() {
        case "queued": self = .queued
        case "running": self = .running
        case "completed": self = .completed
        case "failed": self = .failed
        case let word where word.hasPrefix("cancelled"): self = .cancelled
        case _: self = .other(word)
        }
    }

    /// Nothing will change any more.
    public var isFinal: Bool {
        switch self {
        case .completed, .cancelled, .failed: true
        case .queued, .running, .other: false
        }
    }

    /// The service's word.
    public var description: String {
        switch self {
        case .queued: "queued"
        case .running: "running"
        case .completed: "completed"
        case .cancelled: "cancelled"
        case .failed: "failed"
        case .other(let word): word
        }
    }
}

extension ServiceJob: Decodable {
    private struct State: Decodable {
        let status: String
        let reason: String?
        let reason_code: LooseNumber?
        let reasonCode: LooseNumber?
        let reason_solution: String?
    }

    private enum CodingKeys: String, CodingKey {
        case id, state, status, created, tags
    }

    /// Reads a job of an answer.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(String.self, forKey: .id)
        let state = try container.decodeIfPresent(State.self, forKey: .state)
        let word = try container.decodeIfPresent(String.self, forKey: .status)
        guard let status = state?.status ?? word else {
            throw DecodingError.keyNotFound(
                CodingKeys.state, .init(codingPath: decoder.codingPath, debugDescription: "no state"))
        }
        self.status = JobStatus(status)
        // "Cancelled - Ran too long" says more than the state's "Cancelled".
        problem = ServiceProblem(
            code: state?.reason_code?.number ?? state?.reasonCode?.number,
            message: state?.reason ?? word ?? status, solution: state?.reason_solution)
        created = try container.decodeIfPresent(String.self, forKey: .created) ?? ""
        tags = try container.decodeIfPresent([String].self, forKey: .tags) ?? []
    }
}
