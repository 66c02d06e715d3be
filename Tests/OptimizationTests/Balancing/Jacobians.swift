import LinearAlgebra
import Optimization
import Randomness

/// Gradients of a few tasks, row after row, to try aggregators on.
struct Jacobian: CustomStringConvertible, Sendable {
    let description: String
    let rows: [[Double]]

    init(_ description: String, _ rows: [[Double]]) {
        self.description = description
        self.rows = rows
    }

    /// Independent numbers in `-1..<1`.
    static func random(tasks: Int, parameters: Int, seed: UInt64) -> Jacobian {
        var stream = Philox(seed: seed, purpose: .data)
        let rows = (0..<tasks).map { _ in
            (0..<parameters).map { _ in Double(stream.uniform(in: -1..<1)) }
        }
        return Jacobian("\(tasks) random tasks, \(parameters) parameters", rows)
    }

    /// Rows that are neither zero nor dependent.
    static let regular = [
        Jacobian("one task", [[3, -4]]),
        Jacobian("two conflicting tasks", [[1, 0], [-0.9, 0.3]]),
        Jacobian("orthogonal tasks of different length", [[1e-3, 0, 0], [0, 1, 0], [0, 0, 1e3]]),
        random(tasks: 3, parameters: 8, seed: 1), random(tasks: 8, parameters: 12, seed: 2),
        random(tasks: 20, parameters: 24, seed: 3),
    ]

    /// Rows that hurt.
    static let degenerate = [
        Jacobian("nothing but zeros", [[0, 0], [0, 0], [0, 0]]),
        Jacobian("a zero row", [[1, 2], [0, 0], [-1, 1]]),
        Jacobian("equal rows", [[1, 2], [1, 2], [1, 2]]),
        Jacobian("opposite rows", [[1, 2], [-1, -2]]),
        random(tasks: 10, parameters: 2, seed: 4),
    ]

    var gramian: SymmetricMatrix {
        SymmetricMatrix(
            order: rows.count,
            elements: rows.flatMap { first in rows.map { second in Self.product(first, second) } })
    }

    /// The combined gradient.
    func combined(_ weights: [Double]) -> [Double] {
        rows[0].indices.map { index in zip(weights, rows).reduce(0) { $0 + $1.0 * $1.1[index] } }
    }

    /// The inner product of the combined gradient with each task's.
    func gains(_ weights: [Double]) -> [Double] {
        let combined = combined(weights)
        return rows.map { Self.product($0, combined) }
    }

    /// The largest squared length of a row, the scale of gains.
    var scale: Double { rows.map { Self.product($0, $0) }.max() ?? 0 }

    func scaled(by factors: [Double]) -> Jacobian {
        Jacobian(description, zip(factors, rows).map { factor, row in row.map { factor * $0 } })
    }

    func permuted(_ order: [Int]) -> Jacobian { Jacobian(description, order.map { rows[$0] }) }

    static func product(_ first: [Double], _ second: [Double]) -> Double {
        zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }
    }
}

extension GradientAggregator {
    /// The weights at the first step.
    func weights(_ jacobian: Jacobian) -> [Double] {
        var memory = initialMemory(taskCount: jacobian.rows.count)
        var random = Philox(seed: 1, purpose: .balancing)
        return weights(
            jacobian.gramian, tasks: Array(jacobian.rows.indices), memory: &memory, using: &random)
    }
}

/// Every gradient method.
let aggregators: [BalancingMethod] = BalancingMethod.allCases.filter {
    if case .gradients = $0.rule { true } else { false }
}

extension BalancingMethod {
    var aggregator: any GradientAggregator {
        guard case .gradients(let aggregator) = rule else { preconditionFailure("a gradient method") }
        return aggregator
    }
}

/// The largest difference of two lists; infinite where they differ in length or hold what is not a number.
func distance(_ actual: [Double], _ expected: [Double]) -> Double {
    guard actual.count == expected.count, !actual.contains(where: \.isNaN) else { return .infinity }
    return zip(actual, expected).reduce(0) { max($0, abs($1.0 - $1.1)) }
}
