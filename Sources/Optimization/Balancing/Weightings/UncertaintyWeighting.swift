import Foundation
import Randomness

/// Tasks count by the inverse of a trained variance: the total is the mean of `exp(-s_t) L_t + s_t / 2`.
///
/// The log-variances `s_t` start at 0 and follow Adam at the run's learning rate. They are no part of the model, which
/// predicts without them. For squared errors the likelihood has a half before the loss; that moves `s_t` by a constant.
/// Source: Kendall, Gal, Cipolla, *Multi-task learning using uncertainty to weigh losses* (CVPR 2018).
public struct UncertaintyWeighting: LossWeighting {
    /// The rule, which has no settings.
    public init() {}

    /// Log-variances of 0.
    public func initialMemory(taskCount: Int) -> [Float] { TrainedVector.initialMemory(count: taskCount) }

    /// `exp(-s_t) / T`.
    public func weights(_ losses: [Double?], memory: [Float], using random: inout Philox) -> [Double] {
        TrainedVector(memory: memory).values.map { exp(-Double($0)) / Double(losses.count) }
    }

    /// Takes one step along the log-variances.
    public func remember(_ step: WeightedStep, memory: inout [Float]) {
        var vector = TrainedVector(memory: memory)
        let gradient = zip(step.losses, vector.values).map { loss, value -> Float in
            guard let loss else { return 0 }
            return Float((0.5 - exp(-Double(value)) * loss) / Double(step.losses.count))
        }
        vector.step(against: gradient, learningRate: step.learningRate)
        memory = vector.memory
    }
}
