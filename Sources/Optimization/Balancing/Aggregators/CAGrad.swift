import LinearAlgebra
import Randomness

/// The gradient that helps the worst task most among those within a distance of the mean gradient.
///
/// Source: Liu et al., *Conflict-averse gradient descent for multi-task learning* (NeurIPS 2021), without rescaling.
public struct CAGrad: GradientAggregator {
    /// The greatest distance from the mean gradient, in its lengths; 0 is the mean, and from 1 on no task gets worse.
    public var radius: Double

    /// The rule with the paper's usual radius.
    public init(radius: Double = 0.5) {
        self.radius = radius
    }

    /// The weight of each task; each at least `1 / T`.
    public func weights(
        _ gramian: SymmetricMatrix, tasks: [Int], memory: inout [Float], using random: inout Philox
    ) -> [Double] {
        let equal = gramian.equalWeights
        guard let gramian = gramian.regularized() else { return equal }
        let towardsMean = gramian.multiplied(by: equal)
        let meanSquare = zip(equal, towardsMean).reduce(0) { $0 + $1.0 * $1.1 }
        let wanted = radius * radius * meanSquare
        guard wanted > 0 else { return equal }
        // The optimum adds x >= 0 of the gradients so that every task with x > 0 gains `level` and no task less; the added
        // gradient grows with the level, and the level is sought at which it has the length that is allowed.
        var isFree: [Bool]?
        func added(_ level: Double) -> (point: [Double], square: Double) {
            let minimum = NonnegativeMinimum.of(
                gramian, linear: towardsMean.map { $0 - level }, startingWith: isFree)
            isFree = minimum.isFree
            let image = gramian.multiplied(by: minimum.point)
            return (minimum.point, zip(minimum.point, image).reduce(0) { $0 + $1.0 * $1.1 })
        }
        var lower = towardsMean.min()!
        var width = max(wanted.squareRoot(), 1e-12)
        while added(lower + width).square < wanted { width *= 2 }
        for _ in 0..<60 {
            width /= 2
            if added(lower + width).square < wanted { lower += width }
        }
        let result = added(lower + width)
        guard result.square > 0 else { return equal }
        let factor = (wanted / result.square).squareRoot()
        return zip(equal, result.point).map { $0 + factor * $1 }
    }
}
