import ArgumentParser
import QMTL

/// Brings the ledger up to date with the service.
struct JobsFetchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch", abstract: "Ask IBM Quantum for open jobs and save results that are there.",
        discussion: """
            Sends no job. One whose sending was cut off is looked for by its tag. Ends with status 1 when a job has failed, was \
            cancelled or has lost its result.
            """)

    @Argument(
        help: ArgumentHelp(
            "Numbers, tags or names of jobs (default: all that are open).", valueName: "job"))
    var jobs: [String] = []
    @Flag(help: "Wait until the jobs have ended.") var wait = false
    @OptionGroup(title: "Ledger") var ledger: LedgerOptions
    @OptionGroup(title: "Account") var account: AccountOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let account = try account.chosen()
        guard let store = try ledger.existing() else {
            if let name = jobs.first { throw IBMError.unknownJob(name: name, path: ledger.url.path) }
            let list = JobList(ledger: ledger.url, entries: [])
            return try output.console.answer(list, text: list.text)
        }
        var entries = try store.entries(named: jobs)
        if jobs.isEmpty { entries = try store.entries().filter { $0.state.isOpen } }
        var runners = JobRunners(account: account, ledger: store, console: output.console)
        for (index, entry) in entries.enumerated() {
            let runner = runners.runner(for: entry)
            entries[index] = try await fetch(entry, with: runner)
        }
        let list = JobList(ledger: ledger.url, entries: entries)
        try output.console.answer(list, text: list.text)
        let failures = entries.filter { [.failed, .cancelled, .lost].contains($0.state) }
        if !failures.isEmpty {
            throw CommandError.failedJobs(failures.map { $0.job ?? "\($0.id)" })
        }
    }

    /// The entry as the service has it.
    private func fetch(_ entry: LedgerEntry, with runner: JobRunner) async throws(IBMError) -> LedgerEntry {
        do throws(IBMError) {
            if wait { return try await runner.wait(for: entry) }
            return try await runner.refresh(entry)
        } catch {
            switch error {
            // An end is an answer, too; the ledger has it.
            case .failedJob, .lostResult: return try runner.ledger.entry("\(entry.id)")
            case _: throw error
            }
        }
    }
}

/// Ends jobs before their time.
struct JobsCancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Cancel jobs, at IBM Quantum or before they are sent.",
        discussion: "A job that has ended already stays as it is, and its result is saved.")

    @Argument(help: ArgumentHelp("Numbers, tags or names of jobs.", valueName: "job")) var jobs: [String]
    @OptionGroup(title: "Ledger") var ledger: LedgerOptions
    @OptionGroup(title: "Account") var account: AccountOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let store = try ledger.opened(for: jobs[0])
        var entries = try store.entries(named: jobs)
        var runners = JobRunners(account: try account.chosen(), ledger: store, console: output.console)
        for (index, entry) in entries.enumerated() {
            let runner = runners.runner(for: entry)
            entries[index] = try await runner.cancel(entry)
        }
        let list = JobList(ledger: ledger.url, entries: entries)
        try output.console.answer(list, text: list.text)
    }
}
