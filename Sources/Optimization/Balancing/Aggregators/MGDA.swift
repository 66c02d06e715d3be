import LinearAlgebra
import Randomness

/// The shortest gradient among all weighted means: no task gets worse along it.
///
/// Where all tasks cannot get better at once it is zero; a task whose gradient vanishes then has all the weight. Source:
/// Désidéri, *Multiple-gradient descent algorithm* (Comptes Rendus Mathématique, 2012); Sener, Koltun, *Multi-task learning
/// as multi-objective optimization* (NeurIPS 2018).
public struct MGDA: GradientAggregator {
    /// The rule, which has no settings.
    public init() {}

    /// The weight of each task: not negative, 1 in all.
    public func weights(
        _ gramian: SymmetricMatrix, tasks: [Int], memory: inout [Float], using random: inout Philox
    ) -> [Double] {
        guard let gramian = gramian.regularized() else { return gramian.equalWeights }
        // The minimiser over the simplex is that of x^T G x / 2 - sum(x) over x >= 0, divided by its sum.
        let minimum = NonnegativeMinimum.of(gramian, linear: gramian.equalWeights.map { _ in -1 })
        return minimum.point.normalized
    }
}
