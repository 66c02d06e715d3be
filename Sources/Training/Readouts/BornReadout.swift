import LinearAlgebra
import Randomness

/// Probabilities by Born's rule, without parameters.
///
/// One output reads `(1 + <Z>) / 2`. A task of C classes reads the probabilities of the first C basis states of its
/// register, which follow from the expectation values of all products of Z operators
/// (`p_k = 2^-q sum_S (-1)^|S and k| <Z_S>`), and renormalises them.
struct BornReadout: ExpectationReadout {
    private struct Task {
        let outputs: Range<Int>
        let expectations: Range<Int>
    }

    /// Added to every probability before renormalising, so that it is defined where none of the C states occurs.
    private static let leastProbability: Float = 1e-6

    let expectationCount: Int
    let outputCount: Int
    private let tasks: [Task]

    /// A readout of tasks with `outputCounts[t]` outputs from `expectationCounts[t]` expectation values: 1 for one output,
    /// else `2^q - 1`, ordered by the subset of qubits as a number.
    init(outputCounts: [Int], expectationCounts: [Int]) {
        var (output, expectation) = (0, 0)
        tasks = zip(outputCounts, expectationCounts).map { outputs, expectations in
            defer { (output, expectation) = (output + outputs, expectation + expectations) }
            return Task(
                outputs: output..<output + outputs, expectations: expectation..<expectation + expectations)
        }
        (outputCount, expectationCount) = (output, expectation)
    }

    var parameterCount: Int { 0 }

    var keepsTasksApart: Bool { true }

    func initialParameters(using generator: inout Philox) -> [Float] { [] }

    func outputs(_ expectations: Matrix, parameters: [Float]) -> Matrix {
        var result = Matrix(rows: expectations.rows, columns: outputCount)
        for row in 0..<expectations.rows {
            let values = expectations.row(row)
            for task in tasks {
                let own = values[(values.startIndex + task.expectations.lowerBound)...]
                    .prefix(task.expectations.count)
                let weights = Self.weights(Array(own), classCount: task.outputs.count)
                let sum = task.outputs.count == 1 ? 1 : weights.reduce(0, +)
                for (column, weight) in zip(task.outputs, weights) { result[row, column] = weight / sum }
            }
        }
        return result
    }

    func expectationGradient(_ expectations: Matrix, parameters: [Float], cotangent: Matrix) -> Matrix {
        var result = Matrix(rows: expectations.rows, columns: expectationCount)
        for row in 0..<expectations.rows {
            for task in tasks {
                if task.outputs.count == 1 {
                    result[row, task.expectations.lowerBound] =
                        cotangent[row, task.outputs.lowerBound] / 2
                    continue
                }
                let weights = Self.weights(
                    task.expectations.map { expectations[row, $0] }, classCount: task.outputs.count)
                let sum = weights.reduce(0, +)
                let slopes = task.outputs.map { cotangent[row, $0] }
                let mean = zip(slopes, weights).reduce(0) { $0 + $1.0 * $1.1 } / sum
                let scale = 1 / (sum * Float(task.expectations.count + 1))
                for (subset, column) in zip(1..., task.expectations) {
                    var slope: Float = 0
                    for (state, own) in slopes.enumerated() {
                        slope += Self.sign(subset, state) * (own - mean)
                    }
                    result[row, column] = slope * scale
                }
            }
        }
        return result
    }

    func parameterGradient(_ expectations: Matrix, parameters: [Float], cotangent: Matrix) -> [Float] { [] }

    /// The probabilities of the first states, a little above 0 each; for one output `(1 + <Z>) / 2`.
    private static func weights(_ expectations: [Float], classCount: Int) -> [Float] {
        if classCount == 1 { return [(1 + expectations[0]) / 2] }
        return (0..<classCount).map { state in
            var sum: Float = 1
            for (subset, value) in zip(1..., expectations) { sum += sign(subset, state) * value }
            // Rounding may leave a probability of 0 slightly negative.
            return max(sum / Float(expectations.count + 1), 0) + leastProbability
        }
    }

    /// The eigenvalue of the product of Z over `subset` in basis state `state`.
    private static func sign(_ subset: Int, _ state: Int) -> Float {
        (subset & state).nonzeroBitCount.isMultiple(of: 2) ? 1 : -1
    }
}
