import LinearAlgebra
import Optimization
import Randomness

/// Weighs the tasks of each step of a run.
///
/// What it keeps itself lasts an epoch, so that a run resumed after an epoch goes on as if it had never stopped; what lasts
/// longer is the method's memory in the checkpoint.
struct TaskBalancer: Sendable {
    private let trainer: Trainer
    /// Each task's weight as last computed.
    private var weights: [Double]
    /// Parameters of the heads that more than one task moved so far.
    private var sharedHeads: Set<Int> = []
    private var stepsInEpoch = 0

    /// A balancer at the start of an epoch.
    init(_ trainer: Trainer) {
        self.trainer = trainer
        weights = trainer.loss.taskWeights
    }

    private var settings: BalancingConfiguration { trainer.configuration.balancing }

    /// The losses of a minibatch and the gradient that a step follows.
    mutating func gradients(
        _ batch: PreparedBatch, parameters: ModelParameters, memory: inout [Float], step: Int
    ) async throws -> ModelGradients {
        var random = Philox(
            seed: trainer.configuration.seed, purpose: .balancing, index: UInt32(truncatingIfNeeded: step))
        switch settings.method.rule {
        case .losses(let rule):
            let losses: [Double?]
            switch rule.need {
            case .none: losses = batch.loss.labelCounts.map { $0 > 0 ? 1 : nil }
            case .before, .beforeAndAfter:
                losses = try await batch.losses(of: trainer.model, parameters: parameters)
            }
            weights = rule.weights(losses, memory: memory, using: &random)
            return try await plainGradients(batch, weights: weights, parameters: parameters)
        case .gradients(let rule):
            defer { stepsInEpoch += 1 }
            guard stepsInEpoch.isMultiple(of: settings.every) else {
                return try await gradientsWithKeptWeights(batch, parameters: parameters)
            }
            let ones = trainer.loss.taskWeights.map { _ in 1.0 }
            let tasks = try await trainer.model.taskGradients(
                features: batch.features, loss: batch.loss.weighing(ones),
                parameters: parameters)
            let present = batch.loss.labelCounts.indices.filter { batch.loss.labelCounts[$0] > 0 }
            let found = rule.weights(
                tasks.gramian.restricted(to: present), tasks: present, memory: &memory, using: &random)
            let share = Double(present.count) / Double(weights.count)
            for (task, weight) in zip(present, found) { weights[task] = share * weight }
            for columns in tasks.heads.shared.columns { sharedHeads.formUnion(columns) }
            return ModelGradients(losses: tasks.losses, gradient: tasks.combined(weights))
        }
    }

    /// Tells the method of a step that was taken from `batch` with the losses that `gradients` gave.
    func remember(
        _ batch: PreparedBatch, losses: Matrix, learningRate: Float, parameters: ModelParameters,
        memory: inout [Float]
    ) async throws {
        guard case .losses(let rule) = settings.method.rule else { return }
        var after: [Double?]?
        if case .beforeAndAfter = rule.need {
            after = try await batch.losses(of: trainer.model, parameters: parameters)
        }
        rule.remember(
            WeightedStep(
                losses: batch.means(of: losses), lossesAfter: after, learningRate: learningRate),
            memory: &memory)
    }

    /// Tells the method of an epoch.
    func remember(_ epoch: EpochLoss, memory: inout [Float]) {
        guard case .losses(let rule) = settings.method.rule else { return }
        rule.remember(epochLosses: epoch.taskMeans, memory: &memory)
    }

    private func plainGradients(
        _ batch: PreparedBatch, weights: [Double], parameters: ModelParameters
    ) async throws -> ModelGradients {
        try await trainer.model.gradients(
            features: batch.features, loss: batch.loss.weighing(weights),
            parameters: parameters)
    }

    /// Two passes: one for what belongs to a task, which follows the mean loss, one for what tasks share.
    private func gradientsWithKeptWeights(
        _ batch: PreparedBatch, parameters: ModelParameters
    ) async throws -> ModelGradients {
        var result = try await plainGradients(
            batch, weights: trainer.loss.taskWeights, parameters: parameters)
        let weighted = try await plainGradients(batch, weights: weights, parameters: parameters)
        result.gradient.trunk = weighted.gradient.trunk
        for index in sharedHeads { result.gradient.heads[index] = weighted.gradient.heads[index] }
        return result
    }
}
