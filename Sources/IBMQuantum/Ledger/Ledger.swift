import Foundation
import GRDB

/// Every job of this user in one SQLite file: written down before it is sent, with its result once that was read.
///
/// Several processes may use one ledger at once. It holds circuits, inputs and results, no key and no token.
public final class Ledger: Sendable {
    /// The file.
    public let url: URL
    private let database: DatabaseQueue

    /// Where the ledger is by default: `qmtl/jobs.sqlite` in `XDG_STATE_HOME`, else in `~/.local/state`.
    public static func standardURL(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> URL {
        let home = FileManager.default.homeDirectoryForCurrentUser
        // The specification has relative paths ignored.
        let state = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? URL(filePath: $0) : nil }
        return (state ?? home.appending(path: ".local/state")).appending(path: "qmtl/jobs.sqlite")
    }

    /// Opens a ledger; one that is missing is made, for its user alone.
    /// - Throws: `IBMError.ledger`.
    public init(_ url: URL) throws(IBMError) {
        self.url = url
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch {
            throw .ledger(path: url.path, problem: "its folder cannot be made")
        }
        // SQLite gives the files it makes beside this one the same permissions.
        let descriptor = open(url.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw .ledger(path: url.path, problem: "cannot be opened (\(String(cString: strerror(errno))))")
        }
        close(descriptor)
        var configuration = GRDB.Configuration()
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(60)
        // What is known of a job must outlive the machine's power, too.
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        do {
            database = try Self.makeDatabase(url.path, configuration)
        } catch {
            throw Self.failure(error, url)
        }
    }

    /// The database with its tables.
    ///
    /// The switch of a new file to write-ahead logging does not wait for others that open it, so it is tried again.
    private static func makeDatabase(
        _ path: String, _ configuration: GRDB.Configuration
    ) throws -> DatabaseQueue {
        let (trials, pause) = (100, 0.02)
        for _ in 1..<trials {
            do {
                let database = try DatabaseQueue(path: path, configuration: configuration)
                try migrate(database)
                return database
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                Thread.sleep(forTimeInterval: pause)
            }
        }
        let database = try DatabaseQueue(path: path, configuration: configuration)
        try migrate(database)
        return database
    }

    /// Brings the tables up to date.
    ///
    /// Of several that open a new ledger at once, one makes a table and the others find it made: they look again, at most
    /// once for every version of the schema.
    private static func migrate(_ database: DatabaseQueue) throws {
        let migrator = LedgerSchema.migrator
        for _ in migrator.migrations {
            do { return try migrator.migrate(database) } catch is DatabaseError {}
        }
        try migrator.migrate(database)
    }

    /// The entries, the newest first.
    /// - Throws: `IBMError.ledger`.
    public func entries() throws(IBMError) -> [LedgerEntry] {
        try read { try LedgerEntry.order(Column("id").desc).fetchAll($0) }
    }

    /// The entry of that number, tag or job.
    /// - Throws: `IBMError.unknownJob`, `.ledger`.
    public func entry(_ name: String) throws(IBMError) -> LedgerEntry {
        let column = Int64(name) == nil ? nil : Column("id") == Int64(name)
        let entry = try read { database in
            let isName = Column("tag") == name || Column("job") == name
            return try LedgerEntry.filter(column.map { $0 || isName } ?? isName).fetchOne(database)
        }
        guard let entry else { throw .unknownJob(name: name, path: url.path) }
        return entry
    }

    /// The program's input of an entry.
    /// - Throws: `IBMError.ledger`.
    public func parameters(of id: Int64) throws(IBMError) -> Data {
        guard let data = try large("parameters", of: id) else {
            throw .ledger(path: url.path, problem: "the input of job \(id) is damaged")
        }
        return data
    }

    /// The saved result of an entry as the service gave it; nil before there is one.
    /// - Throws: `IBMError.ledger`.
    public func result(of id: Int64) throws(IBMError) -> Data? { try large("result", of: id) }

    /// Reads in one transaction.
    func read<Value>(_ body: (Database) throws -> Value) throws(IBMError) -> Value {
        do { return try database.read(body) } catch { throw Self.failure(error, url) }
    }

    /// Writes in one transaction, which waits for those of other processes.
    func write<Value>(_ body: (Database) throws -> Value) throws(IBMError) -> Value {
        do { return try database.write(body) } catch { throw Self.failure(error, url) }
    }

    private func large(_ column: String, of id: Int64) throws(IBMError) -> Data? {
        let row = try read {
            try Row.fetchOne(
                $0, sql: "SELECT \(column), \(column)_size FROM job WHERE id = ?", arguments: [id])
        }
        guard let row, let bytes = row[0] as Data?, let count = row[1] as Int? else { return nil }
        guard let data = Zlib.decompress(bytes, count: count) else {
            throw .ledger(path: url.path, problem: "the \(column) of job \(id) are damaged")
        }
        return data
    }

    private static func failure(_ error: any Error, _ url: URL) -> IBMError {
        let reason = (error as? DatabaseError)?.message ?? "\(error)"
        return .ledger(path: url.path, problem: "the ledger cannot be used (\(reason))")
    }
}
