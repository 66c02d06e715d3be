import ArgumentParser

/// Hardware jobs in the local ledger.
struct JobsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs", abstract: "Look after jobs on IBM hardware.",
        discussion: """
            Every job is written to a ledger on this machine before it is sent, and its result once it is there; the command \
            that sent it goes on where it stopped when it is given again. 'list' and 'show' only read the ledger.

            The account is that of Qiskit: QISKIT_IBM_TOKEN and QISKIT_IBM_INSTANCE, or ~/.qiskit/qiskit-ibm.json.
            """,
        subcommands: [
            JobsListCommand.self, JobsShowCommand.self, JobsFetchCommand.self, JobsCancelCommand.self,
        ])
}

/// Lists the ledger.
struct JobsListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the jobs of the ledger, the newest first.")

    @Flag(help: "Only jobs with work left to do.") var open = false
    @OptionGroup(title: "Ledger") var ledger: LedgerOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() throws {
        let entries = try ledger.existing()?.entries() ?? []
        let list = JobList(ledger: ledger.url, entries: open ? entries.filter(\.state.isOpen) : entries)
        try output.console.answer(list, text: list.text)
    }
}

/// Shows one job.
struct JobsShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show what the ledger knows of a job.")

    @Argument(
        help: ArgumentHelp("A job's number in the ledger, its tag, or its name at IBM.", valueName: "job"))
    var job: String
    @OptionGroup(title: "Ledger") var ledger: LedgerOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() throws {
        let ledger = try ledger.opened(for: job)
        let entry = try ledger.entry(job)
        let description = JobDescription(
            entry, parametersBytes: try ledger.parameters(of: entry.id).count,
            resultBytes: try ledger.result(of: entry.id)?.count)
        try output.console.answer(description, text: description.text)
    }
}
