import LinearAlgebra
import Randomness

/// The tasks' bargaining solution: every task's gain along the combined gradient is the inverse of its weight.
///
/// `G w = 1 / w` is where the convex `w^T G w / 2 - sum(log w)` is least, which Newton's method finds; only the direction
/// is used: weights are divided by their sum. A task whose gradient vanishes has nothing to bargain for and keeps `1 / T`.
/// Source: Navon et al., *Multi-task learning as a bargaining game* (ICML 2022).
public struct NashMTL: GradientAggregator {
    /// The rule, which has no settings.
    public init() {}

    /// The weight of each task: positive, 1 in all.
    public func weights(
        _ gramian: SymmetricMatrix, tasks: [Int], memory: inout [Float], using random: inout Philox
    ) -> [Double] {
        var weights = gramian.equalWeights
        let moving = (0..<gramian.order).filter { gramian[$0, $0] > 0 }
        // With lengths of 1 the weights are w_t |g_t|, and tasks of very different gradients do no harm to each other.
        let lengths = moving.map { gramian[$0, $0].squareRoot() }
        var cosines = SymmetricMatrix(order: moving.count)
        for (row, first) in moving.enumerated() {
            for column in 0...row {
                cosines[row, column] = gramian[first, moving[column]] / (lengths[row] * lengths[column])
            }
        }
        guard let cosines = cosines.regularized() else { return weights }
        let solution = zip(Self.bargain(cosines), lengths).map { $0 / $1 }.normalized
        let share = Double(moving.count) / Double(gramian.order)
        for (index, value) in zip(moving, solution) { weights[index] = share * value }
        return weights
    }

    /// The minimiser by Newton's method, whose damped steps never leave the domain: Nesterov, *Lectures on convex
    /// optimization* (2018), section 5.2.
    private static func bargain(_ matrix: SymmetricMatrix) -> [Double] {
        var point = [Double](repeating: 1 / Double(matrix.order).squareRoot(), count: matrix.order)
        for _ in 0..<100 {
            var hessian = matrix
            for index in point.indices { hessian[index, index] += 1 / (point[index] * point[index]) }
            let slope = zip(matrix.multiplied(by: point), point).map { $0 - 1 / $1 }
            guard let step = hessian.solving(slope) else {
                preconditionFailure("the barrier is strictly convex")
            }
            let decrement = max(0, zip(slope, step).reduce(0) { $0 + $1.0 * $1.1 }).squareRoot()
            let length = decrement > 0.25 ? 1 / (1 + decrement) : 1
            for index in point.indices { point[index] -= length * step[index] }
            if decrement < 1e-10 { break }
        }
        return point
    }
}
