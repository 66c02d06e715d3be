import Circuits
import Foundation
import ReferenceSimulation
import Testing

/// What double precision leaves of some hundred gates.
private let tolerance = 1e-10

/// The circuits of prior models against their definitions, from dense matrices (`Vectors/make_prior_models.py`).
struct PriorModelTests {
    /// `prior-models.json`; one sample each.
    struct Case: Decodable {
        let features: [Double]
        let parameters: [Double]
        let expectations: [Double]
    }

    private func readouts(
        _ circuit: MultiTaskCircuit, features: [Double], parameters: [Double] = []
    ) -> [Double] {
        ReferenceSimulator.expectations(circuit, features: [features], parameters: parameters)[0]
    }

    private func vector(_ name: String) throws -> Case {
        try #require(try vectors("prior-models", as: [String: Case].self)[name])
    }

    /// The original has label qubits that control each task's blocks.
    @Test func shareAndSpecifyNeedsNoLabelQubits() throws {
        let vector = try vector("share-and-specify")
        let circuit = try ShareAndSpecifyCircuit.circuit(outputs: [1, 1, 1], qubits: 3, layers: 2)
        let values = readouts(circuit, features: vector.features, parameters: vector.parameters)
        #expect(distance(values, vector.expectations) < tolerance)
    }

    /// The definition writes the amplitudes down; the circuit prepares them.
    @Test func transferReadsAmplitudes() throws {
        let vector = try vector("transfer")
        let preparation = try AmplitudeEncoding(featureCount: 8, qubitCount: 3)
        let circuit = try TransferCircuit.circuit(outputs: [1, 1], preparation: preparation, layers: 3)
        let angles = preparation.angles(of: vector.features.map { Float($0) }).map(Double.init)
        let values = readouts(circuit, features: angles, parameters: vector.parameters)
        // Angles are single precision.
        #expect(distance(values, vector.expectations) < 1e-6)
    }

    @Test func sharedCircuitIsOneForAllTasks() throws {
        let vector = try vector("shared-circuit")
        let circuit = try SharedCircuit.circuit(qubits: 4, layers: 2)
        let values = readouts(circuit, features: vector.features, parameters: vector.parameters)
        #expect(distance(values, vector.expectations) < tolerance)
    }

    /// Five features on three qubits are two stages, the second with a qubit left alone; the definition exponentiates H.
    @Test func theReservoirEvolvesUnderItsHamiltonian() throws {
        let vector = try vector("reservoir")
        let reservoir = ReservoirCircuit(qubitCount: 3, couplings: vector.parameters)
        let circuit = try reservoir.circuit(featureCount: 5)
        #expect(circuit.stageCount == 2 && circuit.parameterCount == 0)
        let values = readouts(circuit, features: vector.features)
        #expect(distance(values, vector.expectations) < tolerance)
    }

    /// A ring of CX takes Z0, Z1, Z2 back to Z1 Z2, Z0 Z1 and Z0 Z1 Z2 of a product state with `<Z_i> = cos x_i`.
    @Test func qfnnReadsProductsOfCosines() throws {
        let x = [0.3, -1.1, 0.7, 2.0, 0.4, -0.6]
        let circuit = try QFNNCircuit.circuit(taskCount: 2)
        let z = x.map { cos($0) }
        let expected = [0, 3].flatMap { first in
            let (a, b, c) = (z[first], z[first + 1], z[first + 2])
            return [b * c, a * b, a * b * c]
        }
        #expect(distance(readouts(circuit, features: x), expected) < tolerance)
    }
}
