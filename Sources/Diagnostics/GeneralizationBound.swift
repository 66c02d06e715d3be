import Circuits
import Foundation

/// How much worse than in training a readout may be on new samples, by its encoding alone.
///
/// A readout is a trigonometric sum with `|Omega| = prod_a (2 N_a + 1)` frequencies, where `N_a` rotations of its causal
/// cone read the angle `a`. Its coefficients have norm 1 at most (Parseval), so its Rademacher complexity on m samples is
/// at most `sqrt(|Omega| / m)`, whatever the trained gates are. For a loss of slope 1 and range 1, test and training loss
/// differ by at most `2 sqrt(|Omega| / m) + 3 sqrt(log(2 / delta) / 2 m)` with probability `1 - delta`.
/// Source: Caro et al., *Encoding-dependent generalization bounds for parametrized quantum circuits*
/// (arXiv:2106.03880); constants as in Mohri, Rostamizadeh, Talwalkar, *Foundations of Machine Learning*, theorem 3.3.
public struct GeneralizationBound: Codable, Sendable, Equatable {
    /// The rotations of the readout's cone that read features.
    public let encodingGates: Int
    /// The different angles they read: features, or products of features.
    public let encodedAngles: Int
    /// The logarithm to base 2 of the number of frequencies.
    public let logFrequencies: Double

    /// The bound of the readouts of task `task`; nil where features have trained scales, since frequencies are then not
    /// fixed by the encoding.
    public init?(of circuit: MultiTaskCircuit, task: Int = 0) {
        var uses: [Angle: Int] = [:]
        for angle in circuit.coneGates(ofTask: task).compactMap(\.angle) where !angle.features.isEmpty {
            guard angle.parameters.isEmpty else { return nil }
            uses[angle, default: 0] += 1
        }
        encodingGates = uses.values.reduce(0, +)
        encodedAngles = uses.count
        logFrequencies = uses.values.reduce(0) { $0 + log2(Double(2 * $1 + 1)) }
    }

    /// The bound for `samples` training samples, with probability `1 - failure`.
    public func gap(samples: Int, failure: Double = 0.05) -> Double {
        let count = Double(samples)
        return 2 * exp2((logFrequencies - log2(count)) / 2) + 3
            * (log(2 / failure) / (2 * count)).squareRoot()
    }
}
