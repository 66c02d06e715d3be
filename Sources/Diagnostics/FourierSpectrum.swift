import Circuits
import Execution
import Foundation
import LinearAlgebra
import Randomness

/// Which frequencies of one feature a readout contains, and how strongly.
///
/// A readout is a Fourier series in a feature that enters by rotations of its own: N of them give the frequencies
/// `0...N`. Source: Schuld, Sweke, Meyer, *Effect of data encoding on the expressive power of variational
/// quantum-machine-learning models* (arXiv:2008.08605).
public struct FourierSpectrum: Codable, Sendable, Equatable {
    /// The feature.
    public let feature: Int
    /// The mean of `|c_k|` over random angles and other features, for `k` from 0 to the number of rotations.
    public let amplitudes: [Double]
    /// The standard deviation of `|c_k|`.
    public let deviations: [Double]

    /// The spectrum of the first readout of task `task` in `feature`, over `draws` sets of angles and other features.
    ///
    /// Nil where the feature is scaled or multiplied before it is encoded: its frequencies are then no whole numbers.
    /// - Throws: `CircuitError`, `BackendError`.
    public init?(
        of circuit: MultiTaskCircuit, task: Int = 0, feature: Int = 0, draws: Int = 100, seed: UInt64,
        backend: any Backend
    ) async throws {
        let readers = circuit.encoding.gates.compactMap(\.angle).filter { $0.features.contains(feature) }
        guard readers.allSatisfy({ $0 == .feature(feature) }) else { return nil }
        let sampled = try SampledCircuit(circuit, task: task)
        let points = 2 * readers.count + 1
        var stream = Philox(seed: seed, purpose: .diagnosis, index: 3)
        let features = stream.matrix(rows: draws, columns: sampled.featureCount, in: featureRange)
        let drawn = features.beside(stream.matrix(rows: draws, columns: sampled.parameterCount, in: turn))
        var inputs = Matrix(rows: draws * points, columns: drawn.columns)
        for draw in 0..<draws {
            for point in 0..<points {
                let row = draw * points + point
                for column in 0..<drawn.columns { inputs[row, column] = drawn[draw, column] }
                inputs[row, feature] = 2 * .pi * Float(point) / Float(points)
            }
        }
        let values = try await sampled.expectations(inputs, on: backend)
        let magnitudes = (0..<draws).map { draw in
            Self.magnitudes((0..<points).map { Double(values[draw * points + $0, 0]) })
        }
        self.feature = feature
        let moments = (0...readers.count).map { frequency in
            let column = magnitudes.map { $0[frequency] }
            let mean = column.reduce(0, +) / Double(draws)
            let square = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(draws - 1, 1))
            return (mean, square.squareRoot())
        }
        amplitudes = moments.map(\.0)
        deviations = moments.map(\.1)
    }

    /// `|c_k|` of a series known at `2 N + 1` equally spaced points of a period, for `k` from 0 to N.
    static func magnitudes(_ values: [Double]) -> [Double] {
        (0...values.count / 2).map { frequency in
            var (real, imaginary) = (0.0, 0.0)
            for (point, value) in values.enumerated() {
                let phase = 2 * Double.pi * Double(frequency * point % values.count) / Double(values.count)
                real += value * cos(phase)
                imaginary -= value * sin(phase)
            }
            return hypot(real, imaginary) / Double(values.count)
        }
    }
}
