import ArgumentParser
import Foundation
import QMTL

/// Which ledger hardware jobs are in.
struct LedgerOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The ledger of hardware jobs (default: qmtl/jobs.sqlite in XDG_STATE_HOME or ~/.local/state).",
            valueName: "file"))
    var ledger: String?

    var url: URL { ledger.map { URL(filePath: $0) } ?? Ledger.standardURL() }

    /// The ledger; nil where there is none.
    /// - Throws: `IBMError.ledger`.
    func existing() throws(IBMError) -> Ledger? {
        FileManager.default.fileExists(atPath: url.path) ? try Ledger(url) : nil
    }

    /// The ledger that must have a job of that name.
    /// - Throws: `IBMError.unknownJob`, `.ledger`.
    func opened(for name: String) throws(IBMError) -> Ledger {
        guard let ledger = try existing() else { throw .unknownJob(name: name, path: url.path) }
        return ledger
    }
}

extension Ledger {
    /// The entries of these numbers, tags or jobs.
    /// - Throws: `IBMError.unknownJob`, `.ledger`.
    func entries(named names: [String]) throws(IBMError) -> [LedgerEntry] {
        var entries: [LedgerEntry] = []
        for name in names { entries.append(try entry(name)) }
        return entries
    }
}
