import LinearAlgebra
import Randomness

/// Takes from every task's gradient what points against another's, the others in random order, and averages.
///
/// Source: Yu et al., *Gradient surgery for multi-task learning* (NeurIPS 2020), algorithm 1, whose sum is a mean here.
public struct PCGrad: GradientAggregator {
    /// The rule, which has no settings.
    public init() {}

    /// The weight of each task; each at least `1 / T`.
    public func weights(
        _ gramian: SymmetricMatrix, tasks: [Int], memory: inout [Float], using random: inout Philox
    ) -> [Double] {
        let count = gramian.order
        var weights = [Double](repeating: 0, count: count)
        for task in 0..<count {
            var gradient = CombinedGradient(of: task, in: gramian)
            for other in random.order(of: count, without: task) where gradient.products[other] < 0 {
                gradient.add(-gradient.products[other] / gramian[other, other], of: other)
            }
            for index in 0..<count { weights[index] += gradient.shares[index] / Double(count) }
        }
        return weights
    }
}
