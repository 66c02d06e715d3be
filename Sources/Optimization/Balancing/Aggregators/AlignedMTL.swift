import LinearAlgebra
import Randomness

/// The mean of the tasks' gradients after their principal directions are made equally long, as long as the shortest.
///
/// Source: Senushkin et al., *Independent component alignment for multi-task learning* (CVPR 2023), algorithm 1.
public struct AlignedMTL: GradientAggregator {
    /// The rule, which has no settings.
    public init() {}

    /// The weight of each task, which may be negative.
    public func weights(
        _ gramian: SymmetricMatrix, tasks: [Int], memory: inout [Float], using random: inout Philox
    ) -> [Double] {
        let spectrum = gramian.spectrum()
        guard let smallest = spectrum.first?.value else { return gramian.equalWeights }
        var weights = [Double](repeating: 0, count: gramian.order)
        for (value, vector) in spectrum {
            let mean = vector.reduce(0, +) / Double(gramian.order)
            let factor = (smallest / value).squareRoot() * mean
            for index in weights.indices { weights[index] += factor * vector[index] }
        }
        return weights
    }
}
