import Configuration

/// What can be wrong with a data set or one of its files.
///
/// Paths are as the caller gave them; rows, columns and folds count from 0.
public enum DatasetError: Error, Equatable, Sendable {
    /// The file cannot be opened or read.
    case unreadableFile(path: String, reason: String)
    /// The file cannot be written; a previous version of it is untouched.
    case unwritableFile(path: String, reason: String)
    /// The file's bytes contradict its format: it is truncated, or its header lies.
    case malformedFile(path: String, problem: String)
    /// The array has an element type or memory order that is not read.
    case unsupportedArray(path: String, array: String?, problem: String)
    /// The file has no array of that name.
    case missingArray(path: String, array: String, available: [String])
    /// The file has several arrays, and none of them is named.
    case unnamedArray(path: String, available: [String])
    /// The array has a shape that does not fit its use.
    case unexpectedShape(path: String, array: String?, shape: [Int], expected: String)
    /// A text cell is not a number.
    case notANumber(path: String, line: Int, column: String, text: String)
    /// A feature is NaN or infinite.
    case nonFiniteFeature(path: String, array: String?, row: Int, column: Int, value: Float)
    /// A label is not one of its task's labels.
    case invalidLabel(task: String, path: String, row: Int, value: Float, allowed: String)
    /// A number that names a split or fold names none.
    case invalidAssignment(path: String, array: String?, row: Int, value: Float, allowed: String)
    /// A split has no labelled sample of some tasks.
    case emptySplit(dataset: String, split: Split, tasks: [String])
    /// The training samples of a task hold fewer than two different labels.
    case tooFewLabels(task: String, labels: [Float])
    /// The description is not valid YAML or holds unknown keys or values.
    case invalidConfiguration(ConfigurationError)
    /// The description contradicts itself.
    case invalidDescription(path: String, key: String, problem: String)
    /// No data set of that name is built in.
    case unknownDataset(name: String, known: [String])
    /// The data set has no task of that name.
    case unknownTask(dataset: String, task: String, known: [String])
    /// A task is asked for twice.
    case repeatedTask(dataset: String, task: String)
    /// The description of the data set is built in, but its arrays are not.
    case noDataFolder(dataset: String)
    /// The data set has no such fold.
    case unavailableFold(dataset: String, fold: Int, count: Int)
    /// Fractions of a new split are not three shares of one.
    case invalidFractions([Double])
    /// A family of tasks has no member of that many tasks.
    case invalidTaskCount(Int, allowed: ClosedRange<Int>)
}

extension DatasetError: CustomStringConvertible {
    /// One sentence: what is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .unreadableFile(let path, let reason):
            "\(path): cannot be read (\(reason)); check the path and its permissions."
        case .unwritableFile(let path, let reason):
            "\(path): cannot be written (\(reason)); free space or choose another folder."
        case .malformedFile(let path, let problem):
            "\(path): \(problem); the file is damaged or incomplete, make or copy it again."
        case .unsupportedArray(let path, let array, let problem):
            "\(Self.place(path, array)) \(problem)."
        case .missingArray(let path, let array, let available):
            "\(path): there is no array '\(array)'; the file has \(Self.list(available))."
        case .unnamedArray(let path, let available):
            "\(path): the file has several arrays; choose with the key 'array' among \(Self.list(available))."
        case .unexpectedShape(let path, let array, let shape, let expected):
            "\(Self.place(path, array)) has shape \(shape), but \(expected)."
        case .notANumber(let path, let line, let column, let text):
            "\(path), line \(line): column '\(column)' holds '\(text)', which is not a number; "
                + "leave a cell empty where a label is missing."
        case .nonFiniteFeature(let path, let array, let row, let column, let value):
            "\(Self.place(path, array)) holds \(value) at row \(row), column \(column) (counting from 0); "
                + "features must be finite numbers."
        case .invalidLabel(let task, let path, let row, let value, let allowed):
            "Task '\(task)': the label at row \(row) (counting from 0) of \(path) is \(Self.text(value)), "
                + "which must be \(allowed), or NaN where there is none."
        case .invalidAssignment(let path, let array, let row, let value, let allowed):
            "\(Self.place(path, array)) holds \(Self.text(value)) at row \(row) (counting from 0), "
                + "which must be \(allowed)."
        case .emptySplit(let dataset, let split, let tasks):
            "Data set '\(dataset)': the \(split) split has no labelled sample of \(Self.list(tasks)); "
                + "give every split samples of every task."
        case .tooFewLabels(let task, let labels):
            "Task '\(task)': "
                + (labels.isEmpty
                    ? "no training sample has a label"
                    : "every training sample has the label \(Self.text(labels[0]))")
                + "; a task needs at least two different labels in its training split."
        case .invalidConfiguration(let error):
            error.description
        case .invalidDescription(let path, let key, let problem):
            "\(path): key '\(key)' \(problem)."
        case .unknownDataset(let name, let known):
            "There is no data set '\(name)'; give a folder with a dataset.yaml, or one of \(Self.list(known))."
        case .unknownTask(let dataset, let task, let known):
            "Data set '\(dataset)' has no task '\(task)'; its tasks are \(Self.list(known))."
        case .repeatedTask(let dataset, let task):
            "Task '\(task)' of data set '\(dataset)' is named twice; name every task once."
        case .noDataFolder(let dataset):
            "The arrays of data set '\(dataset)' do not come with the program; name their folder with --data-folder."
        case .unavailableFold(let dataset, let fold, let count):
            count == 0
                ? "Data set '\(dataset)' has no folds; name them with the key 'folds' of its description."
                : "Data set '\(dataset)' has folds 0 to \(count - 1), but fold \(fold) was asked for; "
                    + "folds need at least 3 parts to test, validate and train on."
        case .invalidFractions(let fractions):
            "Split fractions are \(fractions), but they must be three positive numbers that add up to 1."
        case .invalidTaskCount(let count, let allowed):
            "A family of \(count) tasks was asked for; it can have \(allowed.lowerBound) "
                + "to \(allowed.upperBound)."
        }
    }

    private static func place(_ path: String, _ array: String?) -> String {
        array.map { "\(path): array '\($0)'" } ?? "\(path): the array"
    }

    private static func list(_ names: [String]) -> String {
        guard !names.isEmpty else { return "nothing" }
        let shown = names.prefix(8).map { "'\($0)'" }.joined(separator: ", ")
        return names.count > 8 ? "\(shown) and \(names.count - 8) more" : shown
    }

    private static func text(_ value: Float) -> String {
        Int(exactly: value).map(String.init) ?? "\(value)"
    }
}
