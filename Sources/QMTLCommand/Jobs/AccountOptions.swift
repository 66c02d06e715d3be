import ArgumentParser
import QMTL

/// Who asks IBM Quantum.
struct AccountOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "An IBM account of ~/.qiskit/qiskit-ibm.json (default: the environment's, else the file's).",
            valueName: "name"))
    var account: String?

    /// The account.
    /// - Throws: `IBMError`.
    func chosen() throws(IBMError) -> IBMAccount { try IBMAccount.choose(named: account) }
}

/// Runners for the jobs of a ledger, which may be of several instances.
struct JobRunners {
    let account: IBMAccount
    let ledger: Ledger
    let console: Console
    private var runners: [String: JobRunner] = [:]

    init(account: IBMAccount, ledger: Ledger, console: Console) {
        self.account = account
        self.ledger = ledger
        self.console = console
    }

    /// A runner for the instance that an entry is charged to.
    mutating func runner(for entry: LedgerEntry) -> JobRunner {
        if let runner = runners[entry.instance] { return runner }
        var account = account
        account.instance = InstanceCRN(entry.instance) ?? account.instance
        let console = console
        let runner = JobRunner(service: ServiceClient(account), ledger: ledger) { console.remark($0) }
        runners[entry.instance] = runner
        return runner
    }
}
