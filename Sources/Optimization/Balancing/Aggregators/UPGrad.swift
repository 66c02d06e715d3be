import LinearAlgebra
import Randomness

/// The mean of all tasks' gradients, each first projected to where it points against no task's.
///
/// Source: Quinton, Rey, *Jacobian descent for multi-objective optimization* (arXiv:2406.16232).
public struct UPGrad: GradientAggregator {
    /// The rule, which has no settings.
    public init() {}

    /// The weight of each task; each at least `1 / T`.
    public func weights(
        _ gramian: SymmetricMatrix, tasks: [Int], memory: inout [Float], using random: inout Philox
    ) -> [Double] {
        guard let gramian = gramian.regularized() else { return gramian.equalWeights }
        let count = gramian.order
        var weights = gramian.equalWeights
        var isFree: [Bool]?
        for task in 0..<count {
            // The projection of g_t onto the cone {g: g . g_s >= 0 for all s} adds x >= 0 of the gradients.
            let minimum = NonnegativeMinimum.of(
                gramian, linear: (0..<count).map { gramian[task, $0] }, startingWith: isFree)
            isFree = minimum.isFree
            for index in 0..<count { weights[index] += minimum.point[index] / Double(count) }
        }
        return weights
    }
}
