import Datasets
import Execution
import LinearAlgebra

/// A model with the parameters that were best on validation: what evaluates and predicts.
public struct TrainedModel: Sendable {
    /// The model.
    public let model: Model
    /// Its parameters.
    public let parameters: ModelParameters

    /// A model with known parameters.
    public init(model: Model, parameters: ModelParameters) {
        self.model = model
        self.parameters = parameters
    }

    /// The best model of a run so far; the run need not be finished.
    /// - Throws: `TrainingError.damagedFile` where model and parameters do not fit.
    public init(_ checkpoint: Checkpoint, backend: any Backend) throws(TrainingError) {
        let model = try Model(checkpoint.configuration, data: checkpoint.data, backend: backend)
        try checkpoint.check(fits: model, path: "checkpoint.safetensors")
        self.init(model: model, parameters: checkpoint.bestParameters)
    }

    /// How well every task is solved on a split of `dataset`.
    /// - Throws: `TrainingError.differentTasks`, `.differentFeatureCount` or `.noLabels`; `BackendError`.
    public func evaluate(_ dataset: Dataset, split: Split) async throws -> [TaskEvaluation] {
        try await predictions(dataset, split: split).map(TaskEvaluation.init)
    }

    /// The predictions of every task's labelled samples on a split of `dataset`.
    /// - Throws: `TrainingError.differentTasks`, `.differentFeatureCount` or `.noLabels`; `BackendError`.
    public func predictions(_ dataset: Dataset, split: Split) async throws -> [TaskPredictions] {
        let tasks = model.data.tasks
        guard dataset.tasks.map(\.name) == tasks.map(\.name), dataset.tasks.map(\.kind) == tasks.map(\.kind)
        else {
            throw TrainingError.differentTasks(
                found: dataset.tasks.map(\.name), expected: tasks.map(\.name))
        }
        try check(featureCount: dataset.featureCount)
        return try await model.predictions(dataset, split: split, parameters: parameters)
    }

    /// Predictions of every task for samples with `features` `[samples x D]`, as they come from the backbone.
    /// - Throws: `TrainingError.differentFeatureCount`; `BackendError`.
    public func predict(features: Matrix) async throws -> [TaskPrediction] {
        try check(featureCount: features.columns)
        let values = try await model.predictions(features: features, parameters: parameters)
        return zip(model.data.tasks, values).map(TaskPrediction.init)
    }

    func check(featureCount: Int) throws(TrainingError) {
        guard featureCount == model.data.featureCount else {
            throw .differentFeatureCount(found: featureCount, expected: model.data.featureCount)
        }
    }
}

/// What a model says about samples without labels, for one task.
public struct TaskPrediction: Sendable, Equatable {
    /// The task.
    public let task: LearningTask
    /// `[samples x outputs]`: the probability of class 1, the probability of each class, or a value in the units of the
    /// training labels.
    public let values: Matrix
    /// The most probable class of each sample; nil for regression.
    public let classes: [Int]?

    init(task: LearningTask, values: [Float]) {
        self.task = task
        let width = task.kind.outputCount
        self.values = Matrix(rows: values.count / width, columns: width, elements: values)
        classes = TaskPredictions.classes(of: values, kind: task.kind)
    }
}
