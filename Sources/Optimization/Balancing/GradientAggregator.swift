import LinearAlgebra
import Randomness

/// A rule that weighs tasks by how their gradients of the shared parameters point.
///
/// It sees the gradients `g_t` only through their inner products: the combined gradient is `sum_t w_t g_t`, the gradient of
/// the weighted sum of losses. Weights are of the size `1 / T` of a mean's.
public protocol GradientAggregator: Sendable {
    /// What the rule remembers before the first step.
    func initialMemory(taskCount: Int) -> [Float]

    /// The weight of each of `tasks`.
    ///
    /// - Parameters:
    ///   - gramian: the inner products of the tasks' gradients, `[tasks x tasks]`.
    ///   - tasks: the tasks that have gradients in this step, among all that the memory is about.
    ///   - memory: what the rule remembers from step to step.
    ///   - random: a stream of this step's own.
    func weights(
        _ gramian: SymmetricMatrix, tasks: [Int], memory: inout [Float], using random: inout Philox
    ) -> [Double]
}

extension GradientAggregator {
    /// Nothing: most rules are functions of the gradients at hand.
    public func initialMemory(taskCount: Int) -> [Float] { [] }
}

extension SymmetricMatrix {
    /// The matrix divided by its largest diagonal element, with a little added so that it is positive definite; nil where
    /// all gradients are zero.
    func regularized(by share: Double = NonnegativeMinimum.regularization) -> SymmetricMatrix? {
        let largest = diagonal.max() ?? 0
        return largest > 0 ? scaled(by: 1 / largest).addingToDiagonal(share) : nil
    }

    /// The weights of a mean.
    var equalWeights: [Double] { [Double](repeating: 1 / Double(order), count: order) }
}

extension [Double] {
    /// The elements divided by their sum.
    var normalized: [Double] {
        let sum = reduce(0, +)
        return map { $0 / sum }
    }
}
