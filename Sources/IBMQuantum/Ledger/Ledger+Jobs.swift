import Foundation
import GRDB

/// What a job is to be, before anything is known of it.
struct JobDraft: Sendable {
    let key: String
    let part: Int
    let parts: Int
    let instance: String
    let device: String
    let program: String
    let executions: Int
    let maximumSeconds: Int
    let parameters: Data
}

extension Ledger {
    /// The entry that stands for `draft`: the one that is there, whose result can still come, else a new one.
    ///
    /// An earlier entry counts if its input is the same to the byte. One that failed, was cancelled or lost its result
    /// does not: who asks again wants the work done.
    ///
    /// `tag`: the tag of a new entry.
    func entry(for draft: JobDraft, tag: String, now: Date) throws(IBMError) -> LedgerEntry {
        let compressed = Zlib.compress(draft.parameters)
        return try write { database in
            let candidates = try LedgerEntry.fetchAll(
                database,
                sql: """
                    SELECT * FROM job WHERE key = ? AND part = ? AND parts = ? AND instance = ? AND device = ?
                    AND program = ? AND parameters_size = ? AND state NOT IN (?, ?, ?) ORDER BY id DESC
                    """,
                arguments: [
                    draft.key, draft.part, draft.parts, draft.instance, draft.device, draft.program,
                    draft.parameters.count, LedgerEntry.State.failed.rawValue,
                    LedgerEntry.State.cancelled.rawValue, LedgerEntry.State.lost.rawValue,
                ])
            // Compressed bytes may differ from one version of zlib to the next.
            for candidate in candidates {
                let bytes = try Data.fetchOne(
                    database, sql: "SELECT parameters FROM job WHERE id = ?", arguments: [candidate.id])
                if let bytes, Zlib.decompress(bytes, count: draft.parameters.count) == draft.parameters {
                    return candidate
                }
            }
            try database.execute(
                sql: """
                    INSERT INTO job (tag, key, part, parts, instance, device, program, executions, maximum_seconds,
                    state, created, parameters, parameters_size) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    tag, draft.key, draft.part, draft.parts, draft.instance, draft.device, draft.program,
                    draft.executions, draft.maximumSeconds, LedgerEntry.State.prepared.rawValue, now,
                    compressed,
                    draft.parameters.count,
                ])
            return try LedgerEntry.find(database, key: database.lastInsertedRowID)
        }
    }

    /// The entry as it is now.
    func reloaded(_ entry: LedgerEntry) throws(IBMError) -> LedgerEntry {
        try read { try LedgerEntry.find($0, key: entry.id) }
    }

    /// Writes down that an entry is being sent, before it is; it counts against the rate limit from now on.
    func markSending(_ entry: LedgerEntry, now: Date) throws(IBMError) -> LedgerEntry {
        try write { database in
            try database.execute(sql: "INSERT INTO dispatch (time) VALUES (?)", arguments: [now])
            return try Self.update(entry, in: database) {
                $0.state = .sending
                $0.isResent = $0.sent != nil
                $0.sent = now
                $0.problem = nil
            }
        }
    }

    /// Changes what is known of an entry.
    func update(
        _ entry: LedgerEntry, _ change: (inout LedgerEntry) -> Void
    ) throws(IBMError) -> LedgerEntry {
        try write { try Self.update(entry, in: $0, change) }
    }

    /// Saves the result of a job; the first one stays.
    func complete(_ entry: LedgerEntry, result: Data, now: Date) throws(IBMError) -> LedgerEntry {
        try write { database in
            try database.execute(
                sql: "UPDATE job SET result = ?, result_size = ? WHERE id = ? AND result IS NULL",
                arguments: [Zlib.compress(result), result.count, entry.id])
            return try Self.update(entry, in: database) {
                $0.state = .completed
                $0.finished = now
                $0.problem = nil
            }
        }
    }

    /// When the last jobs were sent, the newest first; older ones are forgotten.
    func dispatches(since time: Date) throws(IBMError) -> [Date] {
        try write { database in
            try database.execute(sql: "DELETE FROM dispatch WHERE time < ?", arguments: [time])
            return try Date.fetchAll(database, sql: "SELECT time FROM dispatch ORDER BY time DESC")
        }
    }

    /// The sessions of a piece of work whose processes have ended without closing them.
    func abandonedSessions(of key: String, instance: String) throws(IBMError) -> [String] {
        let rows = try read {
            try Row.fetchAll(
                $0, sql: "SELECT id, process FROM session WHERE key = ? AND instance = ?",
                arguments: [key, instance])
        }
        return rows.filter { kill($0["process"], 0) != 0 && errno == ESRCH }.map { $0["id"] }
    }

    /// Writes down a session that a process, this one by default, holds open.
    package func addSession(
        _ id: String, key: String, instance: String, process: Int32 = getpid()
    ) throws(IBMError) {
        try write {
            try $0.execute(
                sql: "INSERT OR REPLACE INTO session (id, key, instance, process) VALUES (?, ?, ?, ?)",
                arguments: [id, key, instance, process])
        }
    }

    /// Forgets a session that is closed.
    func removeSession(_ id: String) throws(IBMError) {
        try write { try $0.execute(sql: "DELETE FROM session WHERE id = ?", arguments: [id]) }
    }

    private static func update(
        _ entry: LedgerEntry, in database: Database, _ change: (inout LedgerEntry) -> Void
    ) throws -> LedgerEntry {
        // What another process has written meanwhile must not be lost.
        var current = try LedgerEntry.find(database, key: entry.id)
        change(&current)
        try current.update(database)
        return current
    }
}
