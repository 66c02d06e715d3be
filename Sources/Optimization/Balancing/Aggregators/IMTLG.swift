import LinearAlgebra
import Randomness

/// The combination of gradients that is equally long along every task's own direction.
///
/// Weights sum to 1 and may be negative. Source: Liu et al., *Towards impartial multi-task learning* (ICLR 2021), whose
/// closed form is `G w = c (|g_1|, ..., |g_T|)`; where several weights satisfy it, the shortest are taken.
public struct IMTLG: GradientAggregator {
    /// The rule, which has no settings.
    public init() {}

    /// The weight of each task, 1 in all; equal ones where no combination treats all tasks the same.
    public func weights(
        _ gramian: SymmetricMatrix, tasks: [Int], memory: inout [Float], using random: inout Philox
    ) -> [Double] {
        let norms = gramian.diagonal.map { $0.squareRoot() }
        var weights = [Double](repeating: 0, count: gramian.order)
        for (value, vector) in gramian.spectrum() {
            let share = zip(vector, norms).reduce(0) { $0 + $1.0 * $1.1 } / value
            for index in weights.indices { weights[index] += share * vector[index] }
        }
        let size = weights.reduce(0) { $0 + abs($1) }
        return abs(weights.reduce(0, +)) > 1e-6 * size ? weights.normalized : gramian.equalWeights
    }
}

extension SymmetricMatrix {
    /// The eigenvalues that are not zero within what single precision gradients tell, with their eigenvectors.
    func spectrum() -> [(value: Double, vector: [Double])] {
        let (values, vectors) = eigensystem()
        let threshold = max((values.last ?? 0) * Double(order) * 1e-7, Double.leastNormalMagnitude)
        return zip(values, vectors).filter { $0.0 > threshold }.map { (value: $0, vector: $1) }
    }
}
