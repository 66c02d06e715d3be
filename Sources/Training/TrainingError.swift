import Circuits
import Datasets
import Noise

/// What can be wrong with a run, its model or its folder.
public enum TrainingError: Error, Equatable, Sendable {
    /// A configuration value that cannot be used; `key` is its path, such as `optimizer.learning_rate`.
    case invalidConfiguration(key: String, problem: String)
    /// The circuit that the configuration asks for cannot be built.
    case invalidCircuit(CircuitError)
    /// The noise that the configuration asks for cannot be had with its circuit.
    case invalidNoise(NoiseError)
    /// A task's metric does not apply to its kind of labels.
    case unsuitableMetric(task: String, metric: Metric, kind: TaskKind)
    /// A task has no label in a split that is to be scored or trained on.
    case noLabels(task: String, split: Split)
    /// The loss is no longer a finite number.
    case diverged(epoch: Int, step: Int)
    /// Samples have another number of features than the model was trained with.
    case differentFeatureCount(found: Int, expected: Int)
    /// A data set has other tasks than the model was trained for.
    case differentTasks(found: [String], expected: [String])
    /// The folder already holds a run.
    case runExists(path: String)
    /// Another process trains in the folder.
    case runInUse(path: String)
    /// The folder's run was started with other settings; `keys` are the ones that differ.
    case differentRun(path: String, keys: [String])
    /// The folder holds no checkpoint, so there is nothing trained in it.
    case noCheckpoint(path: String)
    /// A file of a run folder contradicts its form.
    case damagedFile(path: String, problem: String)
    /// A file of a run folder cannot be read.
    case unreadableFile(path: String, reason: String)
    /// A file of a run folder cannot be written; the last checkpoint is intact.
    case unwritableFile(path: String, reason: String)
}

extension TrainingError: CustomStringConvertible {
    /// One sentence: what is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .invalidConfiguration(let key, let problem):
            "The setting '\(key)' \(problem)."
        case .invalidCircuit(let error):
            "The circuit cannot be built with these settings under 'head': \(error)."
        case .invalidNoise(let error): error.description
        case .unsuitableMetric(let task, let metric, let kind):
            "Task '\(task)' of kind \(kind.name) cannot be judged by \(metric.rawValue); "
                + "use one of \(Self.list(Metric.allCases.filter { $0.suits(kind) }.map(\.rawValue)))."
        case .noLabels(let task, let split):
            "Task '\(task)' has no label in the \(split) split; give it labels or choose another split."
        case .diverged(let epoch, let step):
            "Training diverged in epoch \(epoch), step \(step): the loss is not a finite number; "
                + "lower optimizer.learning_rate or set optimizer.clip_norm."
        case .differentFeatureCount(let found, let expected):
            "The samples have \(found) features, but the model was trained on \(expected); "
                + "give features made in the same way."
        case .differentTasks(let found, let expected):
            "The data set has the tasks \(Self.list(found)), but the model was trained for "
                + "\(Self.list(expected)); give a data set with the same tasks in the same order."
        case .runExists(let path):
            "\(path): already holds a run; continue it with --resume or choose another folder with --out."
        case .runInUse(let path):
            "\(path): another process trains in this folder; wait for its end or choose another folder with --out."
        case .differentRun(let path, let keys):
            "\(path): holds a run with other values of \(Self.list(keys)); "
                + "resume with the same settings or choose another folder with --out."
        case .noCheckpoint(let path):
            "\(path): holds no checkpoint.safetensors; give the folder of a run that has finished an epoch."
        case .damagedFile(let path, let problem):
            "\(path): \(problem); restore the file or train again in another folder."
        case .unreadableFile(let path, let reason):
            "\(path): cannot be read (\(reason)); check the path and its permissions."
        case .unwritableFile(let path, let reason):
            "\(path): cannot be written (\(reason)); free space or choose another folder with --out, "
                + "a checkpoint written before is intact."
        }
    }

    private static func list(_ names: [String]) -> String {
        let shown = names.prefix(8).map { "'\($0)'" }.joined(separator: ", ")
        return names.count > 8 ? "\(shown) and \(names.count - 8) more" : shown
    }
}

extension TrainingError {
    /// The same fault of a run folder's file, in this module's words.
    init(_ error: DatasetError, path: String) {
        self =
            switch error {
            case .unwritableFile(let path, let reason): .unwritableFile(path: path, reason: reason)
            case .unreadableFile(let path, let reason): .unreadableFile(path: path, reason: reason)
            case .malformedFile(let path, let problem): .damagedFile(path: path, problem: problem)
            case .unsupportedArray, .missingArray, .unnamedArray, .unexpectedShape, .notANumber,
                .nonFiniteFeature,
                .invalidLabel, .invalidAssignment, .emptySplit, .tooFewLabels, .invalidConfiguration,
                .invalidDescription, .unknownDataset, .unknownTask, .repeatedTask, .noDataFolder,
                .unavailableFold,
                .invalidFractions, .invalidTaskCount:
                .damagedFile(path: path, problem: "it is not a checkpoint of a run")
            }
    }
}
