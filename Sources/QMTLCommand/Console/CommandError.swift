/// What only the command line can find wrong.
enum CommandError: Error, Equatable, Sendable, CustomStringConvertible {
    /// An option contradicts the file given beside it.
    case contradiction(option: String, given: Int, file: String, found: Int)
    /// A built head has another number of parameters than its formula gives.
    case disagreement(head: String, tasks: Int, counted: Int, formula: String, expected: Int)
    /// A program that makes PNG files did not make one.
    case failedConversion(file: String, program: String)
    /// Hardware jobs have ended without a result.
    case failedJobs([String])
    /// Some runs of a grid ended with errors.
    case failedRuns(count: Int, total: Int, folder: String)
    /// The work was interrupted; `remedy` goes on with it.
    case interrupted(folder: String, remedy: String)
    /// A file of input values does not fit its use.
    case invalidBinding(file: String, problem: String)
    /// A run's heads have no circuit.
    case noCircuit(folder: String, head: String)
    /// PNG files are asked for, and there is no program to make them.
    case noConverter(program: String)
    /// A folder holds neither a run nor a comparison.
    case nothingToReport(folder: String)
    /// Tasks act on the same qubits, so no one circuit has all of them.
    case sharedQubits(tasks: [String])
    /// A circuit has inputs, and no values are given.
    case unboundInputs(file: String, names: [String])
    /// A data set has no sample of that index.
    case unknownSample(index: Int, count: Int)
    /// A run has no task of that name.
    case unknownTask(name: String, known: [String])
    /// Standard output cannot be written to.
    case unwritableOutput(reason: String)

    /// What the program's end tells.
    var status: ExitStatus {
        switch self {
        case .contradiction, .sharedQubits, .unboundInputs, .unknownSample, .unknownTask: .wrongUsage
        case .disagreement, .failedConversion, .failedJobs, .failedRuns, .unwritableOutput: .failed
        case .interrupted: .interrupted
        case .invalidBinding, .noCircuit, .nothingToReport: .badInput
        case .noConverter: .unavailable
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
        case .failedConversion(let file, let program):
            "\(file): \(program) did not make the picture: free space, or leave png out of --plots"
        case .failedJobs(let jobs):
            """
            without a result: \(jobs.joined(separator: ", ")); 'qmtl jobs show' tells why, and the command that sent them sends \
            them anew
            """
        case .failedRuns(let count, let total, let folder):
            """
            \(count) of \(total) runs failed, each with its reason in error.txt of its folder in \(folder): mend the cause \
            and give the same command again
            """
        case .interrupted(let folder, let remedy):
            "interrupted, the state is saved in \(folder): \(remedy)"
        case .invalidBinding(let file, let problem):
            "\(file): \(problem); give a JSON object or .npz file with a value, or a row of them, for every input"
        case .noCircuit(let folder, let head):
            "\(folder): the run's heads are of kind '\(head)' and have no circuit: choose a run with quantum heads"
        case .noConverter(let program):
            """
            PNG files need the program \(program), which is not in PATH: install it (librsvg2-bin on Debian) or leave png out \
            of --plots
            """
        case .nothingToReport(let folder):
            """
            \(folder): holds neither result.json nor grid.json: give the folder of a finished run or of a comparison
            """
        case .sharedQubits(let tasks):
            "the tasks act on the same qubits and have a circuit each: choose with --task among \(Self.list(tasks))"
        case .unboundInputs(let file, let names):
            "\(file): the circuit has inputs \(Self.list(names)): give their values with --bind"
        case .unknownSample(let index, let count):
            "--sample is \(index), but the data set has samples 0 to \(count - 1)"
        case .unknownTask(let name, let known):
            "the run has no task '\(name)': choose among \(Self.list(known))"
        case .unwritableOutput(let reason):
            "the answer cannot be written to standard output (\(reason)): free space or redirect it elsewhere"
        }
    }

    private static func list(_ names: [String]) -> String {
        names.map { "'\($0)'" }.joined(separator: ", ")
    }
}
