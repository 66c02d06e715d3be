import Foundation
import Randomness

/// A rule that weighs tasks by their losses.
///
/// The trained total is `sum_t w_t L_t`. Weights are of the size `1 / T` of a mean's. A loss is nil for a task without a
/// label in the minibatch; its weight is not used.
public protocol LossWeighting: Sendable {
    /// What weights depend on, beside the memory.
    var need: LossNeed { get }

    /// What the rule remembers before the first step.
    func initialMemory(taskCount: Int) -> [Float]

    /// The weight of each task, for the minibatch's `losses` before the step where the rule needs them.
    func weights(_ losses: [Double?], memory: [Float], using random: inout Philox) -> [Double]

    /// Remembers a step of the optimiser.
    func remember(_ step: WeightedStep, memory: inout [Float])

    /// Remembers an epoch by each task's mean loss over it.
    func remember(epochLosses: [Double], memory: inout [Float])
}

/// Which losses of a step a weighting looks at.
public enum LossNeed: Sendable {
    /// Those that the gradients give anyway.
    case none
    /// Those before the step, which weights depend on: one more forward pass.
    case before
    /// Those before and after the step, on the same minibatch: two more forward passes.
    case beforeAndAfter
}

/// What a weighting learns from a step.
public struct WeightedStep: Sendable {
    /// Each task's loss before the step; nil for a task without a label.
    public let losses: [Double?]
    /// Each task's loss after the step, on the same minibatch; nil where the weighting does not need it.
    public let lossesAfter: [Double?]?
    /// The learning rate of the step.
    public let learningRate: Float

    /// A step of the optimiser.
    public init(losses: [Double?], lossesAfter: [Double?]?, learningRate: Float) {
        self.losses = losses
        self.lossesAfter = lossesAfter
        self.learningRate = learningRate
    }
}

extension LossWeighting {
    /// The losses that the gradients give anyway.
    public var need: LossNeed { .none }
    /// Nothing.
    public func initialMemory(taskCount: Int) -> [Float] { [] }
    /// Remembers nothing.
    public func remember(_ step: WeightedStep, memory: inout [Float]) {}
    /// Remembers nothing.
    public func remember(epochLosses: [Double], memory: inout [Float]) {}
}

/// Exponentials divided by their sum; 0 where there is no number.
func softmax(_ values: [Double?]) -> [Double] {
    let largest = values.compactMap { $0 }.max() ?? 0
    return values.map { value in value.map { exp($0 - largest) } ?? 0 }.normalized
}
