import Datasets
import Execution
import Foundation
import LinearAlgebra
import Optimization

/// A run on its way: the state that changes from step to step.
struct TrainingRun {
    /// Seconds between two checkpoints.
    ///
    /// Writing through to the disk takes as long as a short epoch; what a kill can cost stays small, and never changes the
    /// result.
    private static let checkpointInterval = 1.0
    /// Minibatches that are prepared at once.
    private static let batchesAhead = 8

    private let trainer: Trainer
    private let folder: RunFolder?
    private let order: BatchOrder
    private(set) var checkpoint: Checkpoint
    private(set) var history: [EpochRecord]
    /// Seconds of each step of this process.
    private var stepSeconds: [Double] = []
    /// Seconds of this process in trunk, heads and loss, and in changing their parameters.
    private var arithmeticSeconds = 0.0
    /// Seconds of this process in epochs.
    private var epochSeconds = 0.0
    private var lastWrite: Double?
    private var isWritten = true

    init(_ trainer: Trainer, checkpoint: Checkpoint?, folder: RunFolder?, history: [EpochRecord]) {
        self.trainer = trainer
        self.folder = folder
        self.history = history
        self.checkpoint =
            checkpoint
            ?? Checkpoint(
                configuration: trainer.configuration, model: trainer.model, start: trainer.start)
        order = BatchOrder(
            trainer.dataset, batchSize: trainer.configuration.batch, seed: trainer.configuration.seed)
    }

    private var settings: RunConfiguration { trainer.configuration }

    /// Trains the epochs that are left, then scores the best parameters on validation and test.
    mutating func finish(
        version: String, progress: @Sendable (TrainingProgress) -> Void
    ) async throws -> TrainingOutcome {
        do {
            while !isFinished { try await trainEpoch(progress) }
        } catch  where error is CancellationError || error is BackendError {
            try save(now: true)
            throw error
        }
        try save(now: true)
        let (result, predictions) = try await result(version: version)
        // The result comes last: where it is, everything else is.
        try folder?.write(predictions)
        try folder?.write(result)
        return TrainingOutcome(
            result: result, history: history,
            trained: TrainedModel(model: trainer.model, parameters: checkpoint.bestParameters))
    }

    private var isFinished: Bool {
        let state = checkpoint.state
        if state.epoch >= settings.epochs { return true }
        guard let patience = settings.patience, state.epoch > 0 else { return false }
        return state.epoch - state.bestEpoch >= patience
    }

    /// One epoch; the run's state changes only once it is finished.
    private mutating func trainEpoch(_ progress: @Sendable (TrainingProgress) -> Void) async throws {
        let start = Self.now
        var next = checkpoint
        next.state.epoch += 1
        let batches = order.batches(epoch: next.state.epoch)
        var loss = EpochLoss(taskWeights: trainer.loss.taskWeights)
        var balancer = TaskBalancer(trainer)
        var mean = 0.0
        func report(_ step: Int, _ record: EpochRecord?) {
            progress(
                TrainingProgress(
                    epoch: next.state.epoch, epochCount: settings.epochs, step: step,
                    stepCount: batches.count, loss: mean, record: record))
        }
        func preparing(after index: Int) -> Task<[PreparedBatch], Never> {
            trainer.preparing(batches[min(index, batches.count)...].prefix(Self.batchesAhead))
        }
        var (prepared, ahead) = ([PreparedBatch](), preparing(after: 0))
        for index in batches.indices {
            try Task.checkCancellation()
            let stepStart = Self.now
            if index.isMultiple(of: Self.batchesAhead) {
                prepared = await ahead.value
                ahead = preparing(after: index + Self.batchesAhead)
            }
            try await step(prepared[index % Self.batchesAhead], &next, &balancer, &loss)
            stepSeconds.append(Self.now - stepStart)
            mean = loss.mean
            guard mean.isFinite else {
                throw TrainingError.diverged(epoch: next.state.epoch, step: index + 1)
            }
            report(index + 1, nil)
        }
        balancer.remember(loss, memory: &next.balancing)
        let record = try await validate(&next, trainLoss: mean)
        next.state.seconds += Self.now - start
        epochSeconds += Self.now - start
        checkpoint = next
        history.append(record)
        isWritten = false
        try folder?.append(record)
        try save(now: false)
        report(batches.count, record)
    }

    /// One step of the optimiser.
    private mutating func step(
        _ batch: PreparedBatch, _ next: inout Checkpoint, _ balancer: inout TaskBalancer,
        _ epochLoss: inout EpochLoss
    ) async throws {
        let start = Self.now
        var result = try await balancer.gradients(
            batch, parameters: next.parameters, memory: &next.balancing, step: next.state.step)
        let optimizer = settings.optimizer
        if let limit = optimizer.clipNorm {
            let norm = GradientClipping.norm([result.gradient.trunk, result.gradient.heads])
            GradientClipping.scale(
                &result.gradient.trunk, by: GradientClipping.factor(norm: norm, limit: limit))
            GradientClipping.scale(
                &result.gradient.heads, by: GradientClipping.factor(norm: norm, limit: limit))
        }
        let rate = learningRate(step: next.state.step)
        let rule = optimizer.rule
        rule.update(
            &next.parameters.trunk, gradient: result.gradient.trunk, state: &next.optimizer.trunk,
            learningRate: rate, weightDecay: Float(optimizer.weightDecay))
        rule.update(
            &next.parameters.heads, gradient: result.gradient.heads, state: &next.optimizer.heads,
            learningRate: rate, weightDecay: trainer.model.heads.weightDecay)
        arithmeticSeconds += Self.now - start
        epochLoss.add(result.losses, labelCounts: batch.loss.labelCounts)
        next.state.step += 1
        try await balancer.remember(
            batch, losses: result.losses, learningRate: rate, parameters: next.parameters,
            memory: &next.balancing)
        // A backend may have gone over to another device within the step.
        let device = trainer.device
        if next.state.devices.last != device, !next.state.devices.contains(device) {
            next.state.devices.append(device)
        }
    }

    /// Seconds of steps from the state at hand, which is left as it is.
    mutating func timeSteps(most: Int, budget: Double) async throws -> [Double] {
        var (next, loss) = (checkpoint, EpochLoss(taskWeights: trainer.loss.taskWeights))
        var seconds: [Double] = []
        let start = Self.now
        var epoch = 0
        while true {
            epoch += 1
            var balancer = TaskBalancer(trainer)
            for batch in order.batches(epoch: epoch) {
                try Task.checkCancellation()
                // Training prepares minibatches while the steps before are computed.
                let prepared = trainer.prepared(batch)
                let stepStart = Self.now
                try await step(prepared, &next, &balancer, &loss)
                seconds.append(Self.now - stepStart)
                let counted = seconds.count - 1
                if counted >= most || (counted >= 3 && Self.now - start > budget) {
                    return Array(seconds.dropFirst())
                }
            }
        }
    }

    private func learningRate(step: Int) -> Float {
        let factor = settings.optimizer.schedule.schedule.factor(
            step: step, of: settings.epochs * order.batchCount)
        return Float(settings.optimizer.learningRate * factor)
    }

    /// Scores the epoch on the validation split and keeps its parameters if they are the best so far.
    private mutating func validate(_ next: inout Checkpoint, trainLoss: Double) async throws -> EpochRecord {
        let start = Self.now
        let predictions = try await trainer.model.predictions(
            trainer.dataset, split: .validation, parameters: next.parameters)
        arithmeticSeconds += Self.now - start
        let scores = predictions.map { $0.task.metric.score($0) }
        let macro = Self.macro(predictions, scores)
        let loss = zip(trainer.loss.taskWeights, predictions).reduce(0) { $0 + $1.0 * $1.1.meanLoss }
        if next.state.isImproved(score: macro, loss: loss) {
            next.state.bestEpoch = next.state.epoch
            next.state.bestScore = macro
            next.state.bestLoss = loss
            next.bestParameters = next.parameters
        }
        return EpochRecord(
            epoch: next.state.epoch, trainLoss: trainLoss, validationLoss: loss, validationMacro: macro,
            validation: Dictionary(
                zip(predictions.map(\.task.name), scores), uniquingKeysWith: { first, _ in first }),
            learningRate: Double(learningRate(step: next.state.step - 1)))
    }

    /// The mean over tasks of scores, errors counted negative so that larger is better.
    private static func macro(_ predictions: [TaskPredictions], _ scores: [Double]) -> Double {
        zip(predictions, scores).reduce(0) { $0 + $1.0.task.metric.merit($1.1) } / Double(scores.count)
    }

    /// Writes the checkpoint if it is due.
    private mutating func save(now: Bool) throws(TrainingError) {
        guard let folder, !isWritten else { return }
        if !now, let lastWrite, Self.now - lastWrite < Self.checkpointInterval { return }
        try folder.write(checkpoint)
        lastWrite = Self.now
        isWritten = true
    }

    private func result(
        version: String
    ) async throws -> (result: RunResult, predictions: [TaskPredictions]) {
        let (model, best) = (trainer.model, checkpoint.bestParameters)
        let validation = try await model.predictions(trainer.dataset, split: .validation, parameters: best)
        let test = try await model.predictions(trainer.dataset, split: .test, parameters: best)
        let tasks = zip(validation, test).map { RunResult.TaskScore(validation: $0, test: $1) }
        let state = checkpoint.state
        let perStep =
            stepSeconds.isEmpty
            ? state.seconds / Double(max(state.step, 1)) : stepSeconds.sorted()[stepSeconds.count / 2]
        let isQuantum = model.circuit != nil
        func sampleCount(_ split: Split) -> Int {
            trainer.dataset.sources.reduce(0) { $0 + $1.labelledSamples(of: split).count }
        }
        let result = RunResult(
            dataset: trainer.dataset.name, fold: settings.dataset.fold,
            samples: RunResult.Samples(
                train: sampleCount(.train), validation: sampleCount(.validation), test: sampleCount(.test)),
            head: settings.head.kind.rawValue,
            preset: settings.head.kind == .quantum ? settings.head.preset : nil,
            encoding: settings.head.kind == .quantum ? settings.head.encoding : nil,
            block: settings.head.kind == .quantum ? settings.head.block : nil,
            backend: isQuantum ? trainer.backend.capabilities.name : "cpu",
            device: state.devices.joined(separator: ", then "),
            seed: settings.seed, version: version, parameters: model.parameterCounts,
            circuit: model.circuit.map(RunResult.CircuitSize.init), tasks: tasks,
            macro: RunResult.Macro(
                validation: Self.macro(validation, tasks.map(\.validation)),
                test: Self.macro(test, tasks.map(\.test))),
            bestEpoch: state.bestEpoch,
            seconds: RunResult.Seconds(
                train: state.seconds, perStep: perStep,
                arithmeticShare: epochSeconds > 0 ? arithmeticSeconds / epochSeconds : nil),
            launchesPerStep: isQuantum ? trainer.backend.capabilities.launchesPerStep : nil,
            circuitsPerSecond: isQuantum
                ? Double(tasks.count * settings.batch) / perStep : nil,
            conflict: try await GradientConflict(trainer, trained: best))
        return (result, test)
    }

    /// Seconds on a clock that never jumps.
    private static var now: Double {
        Double(DispatchTime.now().uptimeNanoseconds) * 1e-9
    }
}
