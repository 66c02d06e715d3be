import Circuits
import Execution
import Foundation
import LinearAlgebra
import Randomness

/// The Fisher information of one task's head: which directions of its angles change what it says.
///
/// A readout is a coin with `p = (1 + E) / 2`, so a sample's information is `sum_o grad E_o grad E_o^T / (1 - E_o^2)`;
/// its mean over random features at several random sets of angles is normalised to a mean trace of the number of angles.
/// Source: Abbas et al., *The power of quantum neural networks* (arXiv:2011.00027).
public struct FisherInformation: Codable, Sendable, Equatable {
    /// The effective dimension for one number of training samples.
    public struct EffectiveDimension: Codable, Sendable, Equatable {
        /// The number of training samples.
        public let samples: Int
        /// The effective dimension divided by the number of angles, in `0...1`.
        public let share: Double
    }

    /// The number of trainable angles, dead ones left out.
    public let angles: Int
    /// The mean eigenvalues over sets of angles, ascending.
    public let spectrum: [Double]
    /// The mean number of eigenvalues above a millionth of the largest.
    public let rank: Double
    /// The effective dimension for growing numbers of training samples.
    public let effectiveDimension: [EffectiveDimension]

    /// The information of task `task` of `circuit`, from `draws` sets of angles and as many samples each.
    ///
    /// Features are uniform in a quarter turn of either sign, as a trunk's are, angles uniform in one turn.
    /// - Throws: `CircuitError`, `BackendError`.
    public init(
        of circuit: MultiTaskCircuit, task: Int = 0, draws: Int = 100, trainingSamples: [Int] = [],
        seed: UInt64, backend: any Backend
    ) async throws {
        let sampled = try SampledCircuit(circuit, task: task)
        var stream = Philox(seed: seed, purpose: .diagnosis, index: 2)
        var matrices: [[[Double]]] = []
        for _ in 0..<draws {
            let features = stream.matrix(rows: draws, columns: sampled.featureCount, in: featureRange)
            let angles = stream.matrix(rows: 1, columns: sampled.parameterCount, in: turn)
            let repeated = Matrix(
                rows: draws, columns: angles.columns,
                elements: (0..<draws).flatMap { _ in angles.elements })
            let (values, slopes) = try await sampled.jacobian(features.beside(repeated), on: backend)
            matrices.append(Self.information(values, slopes, firstAngle: sampled.featureCount))
        }
        self.init(matrices, trainingSamples: trainingSamples)
    }

    /// What information matrices at several sets of angles say; angles without information in all of them are left out.
    init(_ all: [[[Double]]], trainingSamples: [Int]) {
        let live = (all.first?.indices ?? 0..<0).filter { angle in all.contains { $0[angle][angle] > 1e-12 } }
        let matrices = all.map { matrix in live.map { row in live.map { matrix[row][$0] } } }
        angles = live.count
        let trace = matrices.reduce(0) { sum, matrix in
            sum + matrix.indices.reduce(0) { $0 + matrix[$1][$1] }
        }
        let scale = trace > 0 ? Double(live.count * matrices.count) / trace : 1
        let spectra = matrices.map { matrix in
            SymmetricMatrix(order: live.count, elements: Array(matrix.joined())).eigensystem().values
                .map { max($0, 0) * scale }
        }
        spectrum = live.indices.map { index in
            spectra.reduce(0) { $0 + $1[index] } / Double(spectra.count)
        }
        rank =
            spectra.reduce(0) { sum, values in
                sum + Double(values.count { $0 > 1e-6 * (values.last ?? 0) })
            } / Double(max(spectra.count, 1))
        effectiveDimension = trainingSamples.map { samples in
            EffectiveDimension(samples: samples, share: Self.effectiveShare(spectra, samples: samples))
        }
    }

    private static func information(_ values: Matrix, _ slopes: [Matrix], firstAngle: Int) -> [[Double]] {
        let count = slopes[0].columns - firstAngle
        var result = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
        for (readout, slope) in slopes.enumerated() {
            for sample in 0..<values.rows {
                let value = Double(values[sample, readout])
                let gradient = (0..<count).map { Double(slope[sample, firstAngle + $0]) }
                // A coin that always falls the same way has no slope either; rounding must not divide by zero.
                let weight = 1 / (max(1 - value * value, 1e-6) * Double(values.rows))
                for row in 0..<count where gradient[row] != 0 {
                    for column in 0..<count {
                        result[row][column] += weight * gradient[row] * gradient[column]
                    }
                }
            }
        }
        return result
    }

    /// `2 log(mean sqrt(det(1 + k F))) / log(k)` over the number of angles, with `k = n / (2 pi log n)`.
    private static func effectiveShare(_ spectra: [[Double]], samples: Int) -> Double {
        let factor = Double(samples) / (2 * .pi * log(Double(samples)))
        guard factor > 1, let dimension = spectra.first?.count, dimension > 0 else { return 0 }
        let halves = spectra.map { $0.reduce(0) { $0 + log1p(factor * $1) } / 2 }
        let largest = halves.max() ?? 0
        let mean = largest + log(halves.reduce(0) { $0 + exp($1 - largest) } / Double(halves.count))
        return 2 * mean / log(factor) / Double(dimension)
    }
}
