import Circuits
import ReferenceSimulation
import Testing

struct AmplitudeEncodingTests {
    /// Features of both signs, zeros and whole branches of zeros among them.
    private static let cases: [(features: [Float], qubits: Int, padding: Double)] = [
        ([-0.6, 0.8], 1, 0), ([0.3, -1.2, 0.5, 0.1], 2, 0), ([1, 0, 0, -2, 0.5], 3, 0),
        ([0, 0, 0, 0, 0, 0.4, -0.3], 3, 0), ([0.2, -0.4, 0.6], 3, 0.01),
        ((0..<13).map { Float(($0 * 7) % 13 - 6) / 4 }, 4, -0.5),
    ]

    @Test(arguments: cases.indices) func amplitudesAreTheNormalisedFeatures(index: Int) throws {
        let (features, qubits, padding) = Self.cases[index]
        let encoding = try AmplitudeEncoding(
            featureCount: features.count, qubitCount: qubits, padding: padding)
        let angles = encoding.angles(of: features)
        var state = StateVector(qubitCount: qubits)
        for gate in encoding.circuit.gates {
            state.apply(gate, angle: gate.angle.map { Double(angles[$0.features[0]]) } ?? 0)
        }
        let rest = [Double](repeating: padding, count: (1 << qubits) - features.count)
        let padded = features.map(Double.init) + rest
        let norm = padded.reduce(0) { $0 + $1 * $1 }.squareRoot()
        // Angles are single precision: 2^-24 of at most 2 pi, some thirty of them.
        #expect(distance(state.amplitudes.map(\.real), padded.map { $0 / norm }) < 2e-6)
        #expect(state.amplitudes.allSatisfy { abs($0.imaginary) < 1e-12 })
    }

    @Test(arguments: [3, 5]) func gradientsAreDerivatives(index: Int) throws {
        let (features, qubits, padding) = Self.cases[index]
        let nonzero = features.map { $0 == 0 ? 0.25 : $0 }
        let encoding = try AmplitudeEncoding(
            featureCount: features.count, qubitCount: qubits, padding: padding)
        let weights = (0..<encoding.angleCount).map { Float(($0 * 5) % 7 - 3) / 3 }
        let gradient = encoding.gradient(weights, features: nonzero)
        let step: Float = 0x1p-7
        for feature in nonzero.indices {
            func value(_ offset: Float) -> Double {
                var moved = nonzero
                moved[feature] += offset
                return zip(encoding.angles(of: moved), weights).reduce(0) { $0 + Double($1.0 * $1.1) }
            }
            let slope =
                (8 * (value(step) - value(-step)) - (value(2 * step) - value(-2 * step)))
                / Double(12 * step)
            // Rounding errors of 2^-22 in angles, times 1 / step and the number of angles.
            #expect(abs(slope - Double(gradient[feature])) < 1e-3)
        }
    }

    @Test func slopesOfZeroNormsAreZero() throws {
        let encoding = try AmplitudeEncoding(featureCount: 4, qubitCount: 2)
        let gradient = encoding.gradient([1, 1, 1], features: [0, 0, 0, 0])
        #expect(gradient == [0, 0, 0, 0])
        #expect(encoding.angles(of: [0, 0, 0, 0]) == [0, 0, 0])
    }
}
