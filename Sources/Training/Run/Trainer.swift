import Datasets
import Execution
import Foundation
import LinearAlgebra
import Optimization

/// Trains a model on a data set: minibatches, validation after every epoch, the best epoch's parameters at the end.
///
/// Model selection sees the validation split only; the test split is looked at once, with the chosen parameters. A run is a
/// function of its configuration and data: stopped and resumed, it ends with the same numbers.
public struct Trainer: Sendable {
    /// The run's settings.
    public let configuration: RunConfiguration
    /// The data.
    public let dataset: Dataset
    /// The model that is trained.
    public let model: Model
    /// What computes the circuits of quantum heads.
    public let backend: any Backend
    let loss: Loss
    /// The parameters before the first step; nil for those of the seed.
    let start: ModelParameters?

    /// A trainer of the model that `configuration` asks for.
    ///
    /// Values and gradients are estimated where that has a number of shots or of quantum trajectories; a backend that can
    /// only estimate stays as it is.
    /// - Throws: `DatasetError` where a task lacks labels in a split; `TrainingError` where the configuration cannot be used.
    public init(_ configuration: RunConfiguration, dataset: Dataset, backend: any Backend) throws {
        try configuration.validate()
        try dataset.validate()
        self.configuration = configuration
        self.dataset = dataset
        let backend = Self.estimating(configuration, on: backend)
        self.backend = backend
        model = try Model(configuration, data: try DataSummary(dataset), backend: backend)
        if let folder = configuration.start {
            start = try Self.start(RunFolder(URL(filePath: folder)), of: configuration, model)
        } else {
            start = nil
        }
        loss = Loss(
            outputs: model.outputs,
            taskWeights: dataset.tasks.map { _ in 1 / Double(dataset.tasks.count) },
            classWeights: dataset.tasks.enumerated().map { index, task in
                configuration.classWeights.weights(
                    labels: dataset.sources.flatMap { $0.labels(ofTask: index, in: .train) }, task: task)
            })
    }

    /// What estimates values as `configuration` asks for, computed by `backend`.
    private static func estimating(
        _ configuration: RunConfiguration, on backend: any Backend
    ) -> any Backend {
        if backend is any EstimatingBackend { return backend }
        if let count = configuration.trajectories {
            return TrajectoryBackend(backend, Trajectories(count: count, seed: configuration.seed))
        }
        guard let shots = configuration.shots else { return backend }
        return MeasuringBackend(
            backend, Measurement(shots: shots, seed: configuration.seed), repeatsOutcomes: true)
    }

    /// The best parameters of the run in `folder`, which has the same heads.
    private static func start(
        _ folder: RunFolder, of configuration: RunConfiguration, _ model: Model
    ) throws(TrainingError) -> ModelParameters {
        let checkpoint = try folder.checkpoint()
        guard checkpoint.configuration.head == configuration.head else {
            throw .invalidConfiguration(
                key: "start",
                problem: "the run in \(folder.url.relativePath) has other heads; take its config.yaml")
        }
        try checkpoint.check(fits: model, path: folder.checkpointURL.relativePath)
        return checkpoint.bestParameters
    }

    /// Seconds of training steps from the initial parameters, of which nothing is kept.
    ///
    /// The first step, which makes the memory ready, is not counted.
    /// - Parameters:
    ///   - most: the number of steps, at most.
    ///   - budget: seconds after which no further step begins, once there are three.
    /// - Throws: `BackendError`; `CancellationError`.
    public func stepSeconds(most: Int, budget: Double) async throws -> [Double] {
        var run = TrainingRun(self, checkpoint: nil, folder: nil, history: [])
        return try await run.timeSteps(most: most, budget: budget)
    }

    /// The device that computes now: the backend's for circuits, else the processor.
    public var device: String {
        model.circuit != nil
            ? backend.capabilities.device : "\(ProductThreads.count) threads, OpenBLAS"
    }

    /// Trains to the end, in memory.
    /// - Parameters:
    ///   - version: the program's version, for the result.
    ///   - progress: is told after every step.
    /// - Throws: `TrainingError.diverged`; `BackendError`; `CancellationError`.
    public func train(
        version: String, progress: @Sendable (TrainingProgress) -> Void = { _ in }
    ) async throws -> TrainingOutcome {
        var run = TrainingRun(self, checkpoint: nil, folder: nil, history: [])
        return try await run.finish(version: version, progress: progress)
    }

    /// Trains to the end in a run folder, from its checkpoint where it has one; a finished run is only read.
    ///
    /// A cancelled run saves its last finished epoch and throws `CancellationError`.
    /// - Parameters:
    ///   - folder: the run's folder, which need not exist yet.
    ///   - configurationText: the configuration as it goes into `config.yaml`.
    ///   - resuming: whether a run in the folder may be continued.
    ///   - version: the program's version, for the result.
    ///   - lock: the folder's lock, where the caller has it already.
    ///   - progress: is told after every step.
    /// - Throws: `TrainingError` for the folder's sake or `.diverged`; `BackendError`; `CancellationError`.
    public func train(
        in folder: RunFolder, configurationText: String, resuming: Bool, version: String,
        holding lock: FileLock? = nil,
        progress: @Sendable (TrainingProgress) -> Void = { _ in }
    ) async throws -> TrainingOutcome {
        guard let lock = try lock ?? folder.lock() else {
            throw TrainingError.runInUse(path: folder.url.relativePath)
        }
        defer { withExtendedLifetime(lock) {} }
        let checkpoint = try folder.open(
            configuration, configurationText: configurationText, resuming: resuming)
        if let checkpoint {
            try checkpoint.check(fits: model, path: folder.checkpointURL.relativePath)
            guard checkpoint.data == model.data else {
                throw TrainingError.differentRun(path: folder.url.relativePath, keys: ["dataset"])
            }
            if let result = try folder.result() {
                return TrainingOutcome(
                    result: result, history: try folder.history(),
                    trained: TrainedModel(model: model, parameters: checkpoint.bestParameters))
            }
        }
        var run = TrainingRun(
            self, checkpoint: checkpoint, folder: folder, history: try folder.history())
        return try await run.finish(version: version, progress: progress)
    }
}

/// What a finished run leaves.
public struct TrainingOutcome: Sendable {
    /// What it reports.
    public let result: RunResult
    /// Its epochs.
    public let history: [EpochRecord]
    /// The model with the chosen parameters.
    public let trained: TrainedModel
}
