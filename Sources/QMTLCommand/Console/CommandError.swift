/// What only the command line can find wrong.
enum CommandError: Error, Equatable, Sendable, CustomStringConvertible {
    /// An option contradicts the file given beside it.
    case contradiction(option: String, given: Int, file: String, found: Int)
    /// A built head has another number of parameters than its formula gives.
    case disagreement(head: String, tasks: Int, counted: Int, formula: String, expected: Int)
    /// Some runs of a grid ended with errors.
    case failedRuns(count: Int, total: Int, folder: String)
    /// The work was interrupted; `remedy` goes on with it.
    case interrupted(folder: String, remedy: String)
    /// A folder holds neither a run nor a comparison.
    case nothingToReport(folder: String)
    /// Standard output cannot be written to.
    case unwritableOutput(reason: String)

    /// What the program's end tells.
    var status: ExitStatus {
        switch self {
        case .contradiction: .wrongUsage
        case .disagreement, .failedRuns, .unwritableOutput: .failed
        case .interrupted: .interrupted
        case .nothingToReport: .badInput
        }
    }

    var description: String {
        switch self {
        case .contradiction(let option, let given, let file, let found):
            "\(option) is \(given), but \(file) has \(found): leave the option out, or choose the file it is for"
        case .disagreement(let head, let tasks, let counted, let formula, let expected):
            """
            head '\(head)' has \(counted) parameters for \(tasks) tasks, but its formula \(formula) gives \(expected): \
            report this as a defect
            """
        case .failedRuns(let count, let total, let folder):
            """
            \(count) of \(total) runs failed, each with its reason in error.txt of its folder in \(folder): mend the cause \
            and give the same command again
            """
        case .interrupted(let folder, let remedy):
            "interrupted, the state is saved in \(folder): \(remedy)"
        case .nothingToReport(let folder):
            """
            \(folder): holds neither result.json nor grid.json: give the folder of a finished run or of a comparison
            """
        case .unwritableOutput(let reason):
            "the answer cannot be written to standard output (\(reason)): free space or redirect it elsewhere"
        }
    }
}
