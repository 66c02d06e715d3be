import Foundation
import Randomness

/// Weights that let all tasks' log-losses fall at one pace, learnt from how far each step brought them.
///
/// The shares `z`, a softmax of trained numbers, become weights `c z_t / L_t` with 1 in all. Source: Liu et al., *FAMO: fast
/// adaptive multitask optimization* (NeurIPS 2023), with Adam and the constants of its experiments.
public struct FAMO: LossWeighting {
    /// The learning rate of the trained numbers.
    public var learningRate: Double
    /// The share of the trained numbers that their gradient pulls back towards 0.
    public var decay: Double

    /// The rule with the paper's constants by default.
    public init(learningRate: Double = 0.025, decay: Double = 0.01) {
        self.learningRate = learningRate
        self.decay = decay
    }

    /// Weights depend on the minibatch's losses, and learn from those after the step.
    public var need: LossNeed { .beforeAndAfter }

    /// Equal shares.
    public func initialMemory(taskCount: Int) -> [Float] { TrainedVector.initialMemory(count: taskCount) }

    /// Positive weights, 1 in all.
    public func weights(_ losses: [Double?], memory: [Float], using random: inout Philox) -> [Double] {
        zip(shares(losses, memory), losses).map { share, loss in
            loss.map { share / ($0 + Self.smallestLoss) } ?? 0
        }.normalized
    }

    /// Moves shares from the tasks whose log-loss fell most to the others.
    public func remember(_ step: WeightedStep, memory: inout [Float]) {
        guard let lossesAfter = step.lossesAfter else {
            preconditionFailure("the rule needs losses after a step")
        }
        var vector = TrainedVector(memory: memory)
        let shares = shares(step.losses, memory)
        let falls = zip(step.losses, lossesAfter).map { before, after -> Double in
            guard let before, let after else { return 0 }
            return log(before + Self.smallestLoss) - log(after + Self.smallestLoss)
        }
        let mean = zip(shares, falls).reduce(0) { $0 + $1.0 * $1.1 }
        let gradient = falls.indices.map { task in
            Float(shares[task] * (falls[task] - mean) + decay * Double(vector.values[task]))
        }
        vector.step(against: gradient, learningRate: Float(learningRate))
        memory = vector.memory
    }

    /// Keeps logarithms and quotients finite.
    private static let smallestLoss = 1e-8

    /// The shares of the tasks that have labels.
    private func shares(_ losses: [Double?], _ memory: [Float]) -> [Double] {
        softmax(zip(losses, TrainedVector(memory: memory).values).map { $0 == nil ? nil : Double($1) })
    }
}
