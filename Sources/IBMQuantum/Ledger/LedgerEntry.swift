import Foundation
import GRDB

/// A job in the ledger: what was to be sent, and what is known of it.
public struct LedgerEntry: Sendable, Equatable, Identifiable {
    /// How far it has come.
    public enum State: String, Sendable, CaseIterable, Codable {
        /// Written down, and surely not on the service.
        case prepared
        /// Being sent, or sent without an answer: its tag tells whether the service has it.
        case sending
        /// On the service.
        case submitted
        /// Its result is in the ledger.
        case completed
        /// It has failed on the service.
        case failed
        /// It was cancelled, on the service or before it was sent.
        case cancelled
        /// The service has not taken it.
        case refused
        /// It has completed, and the service has deleted its result.
        case lost

        /// Work with it is left to do.
        public var isOpen: Bool {
            switch self {
            case .prepared, .sending, .submitted: true
            case .completed, .failed, .cancelled, .refused, .lost: false
            }
        }
    }

    /// Its number in the ledger.
    public let id: Int64
    /// What it is found by on the service; no two entries of any ledger have the same.
    public let tag: String
    /// The work that it is part of.
    public let key: String
    /// Its place among the jobs of that work, from 0 on.
    public let part: Int
    /// How many jobs that work has.
    public let parts: Int
    /// The instance that it is charged to.
    public let instance: String
    /// The device that it runs on.
    public let device: String
    /// The service's program.
    public let program: String
    /// Runs of circuits that it asks for.
    public let executions: Int
    /// The most seconds of the device that it may take.
    public let maximumSeconds: Int
    /// How far it has come.
    public internal(set) var state: State
    /// The service's name for it.
    public internal(set) var job: String?
    /// What went wrong.
    public internal(set) var problem: String?
    /// When it was written down.
    public let created: Date
    /// When it was last sent.
    public internal(set) var sent: Date?
    /// Whether it was sent more than once, so that an earlier copy may still show up on the service.
    public internal(set) var isResent: Bool
    /// When its end was seen.
    public internal(set) var finished: Date?
}

extension LedgerEntry: Codable, FetchableRecord, MutablePersistableRecord {
    /// The table that entries are in; bodies and results, which can be large, are columns that entries do not read.
    public static let databaseTableName = "job"

    /// The columns of an entry.
    public static var databaseSelection: [any SQLSelectable] {
        CodingKeys.allCases.map { Column($0.rawValue) }
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case id, tag, key, part, parts, instance, device, program, executions
        case maximumSeconds = "maximum_seconds"
        case state, job, problem, created, sent, finished
        case isResent = "resent"
    }
}
