import Circuits

/// Why an experiment could not be made.
public enum ExperimentError: Error, Equatable, Sendable, CustomStringConvertible {
    /// There is nothing to compare.
    case noRuns
    /// Runs of several data sets were given.
    case differentDatasets(first: String, second: String)
    /// Two heads were not run with the same seeds and folds.
    case differentRuns(head: String, runs: [String], other: String, otherRuns: [String])
    /// A run scores other tasks than the first run does.
    case differentTasks(head: String, seed: UInt64, tasks: [String], expected: [String])
    /// No head was named.
    case noHeads
    /// A head was named twice.
    case repeatedHead(name: String)
    /// A head is to be held against itself.
    case ownRival(name: String)
    /// A size is not a positive number.
    case invalidSize(name: String, value: Int)
    /// A setting has no values to try.
    case noValues(key: String)
    /// A number of trials was given for a search that makes all.
    case unusedTrials
    /// All trials of a head failed.
    case noTrial(head: String, folder: String)
    /// A number of tasks was named twice.
    case repeatedTaskCount(Int)
    /// A sweep was asked for on a data set that has no family of tasks.
    case noFamily(dataset: String)
    /// The sizes asked for do not make a circuit.
    case invalidCircuit(CircuitError)
    /// The inputs of a training step lack an array that the preset needs.
    case missingStepArray(name: String, preset: String, available: [String])
    /// The inputs of a training step have an array that the preset has no rotations for.
    case unusedStepArray(name: String, preset: String, needed: [String])
    /// An input array of a training step has a shape that does not fit the others.
    case unexpectedStepArray(name: String, shape: [Int], expected: String)
    /// A label of a training step is neither 0 nor 1.
    case invalidStepLabel(row: Int, column: Int, value: Float)

    /// One sentence on what is wrong and what to do.
    public var description: String {
        switch self {
        case .noRuns:
            "there are no finished runs to compare: train at least one head first"
        case .differentDatasets(let first, let second):
            "runs on data set '\(first)' and on '\(second)' cannot be compared: use one data set"
        case .differentRuns(let head, let runs, let other, let otherRuns):
            """
            head '\(head)' was run with \(runs.joined(separator: ", ")) and '\(other)' with \
            \(otherRuns.joined(separator: ", ")), so their runs cannot be paired: run every head with the same seeds and folds
            """
        case .differentTasks(let head, let seed, let tasks, let expected):
            """
            the run of '\(head)' with seed \(seed) scores the tasks \(tasks.joined(separator: ", ")) where \
            \(expected.joined(separator: ", ")) are expected: remake it on the same data set
            """
        case .noHeads:
            "no head is named: give at least one, such as quantum or linear"
        case .repeatedHead(let name):
            "head '\(name)' is named twice: name every head once"
        case .ownRival(let name):
            "'primary' holds head '\(name)' against itself: name other heads under 'against'"
        case .invalidSize(let name, let value):
            "\(name) is \(value), but must be at least 1"
        case .noValues(let key):
            "'\(key)' names no value to try: give a list such as [0.003, 0.01]"
        case .unusedTrials:
            "'tune.trials' is for a random search, and a grid makes all trials: leave it out or set tune.search=random"
        case .noTrial(let head, let folder):
            "no trial of head '\(head)' has a result: see the error.txt files in \(folder) and mend the cause"
        case .repeatedTaskCount(let count):
            "\(count) tasks are named twice: name every number of tasks once"
        case .noFamily(let dataset):
            "data set '\(dataset)' has no families of tasks to sweep over: use digits"
        case .invalidCircuit(let error):
            error.description
        case .missingStepArray(let name, let preset, let available):
            """
            a step of preset '\(preset)' needs the array '\(name)', and the inputs have \
            \(available.isEmpty ? "none" : available.joined(separator: ", ")): add it
            """
        case .unusedStepArray(let name, let preset, let needed):
            """
            preset '\(preset)' has no rotations for the array '\(name)', its trainable arrays are \
            \(needed.isEmpty ? "none" : needed.joined(separator: ", ")): leave it out, or choose the preset it is for
            """
        case .unexpectedStepArray(let name, let shape, let expected):
            "array '\(name)' of the step has shape \(shape), but it must be \(expected) to fit the other arrays"
        case .invalidStepLabel(let row, let column, let value):
            "array 'y' of the step holds \(value) at row \(row), column \(column), but labels are 0 or 1"
        }
    }
}
