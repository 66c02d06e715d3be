import Circuits
import Diagnostics
import Foundation
import ReferenceSimulation
import Testing

struct StateMeasuresTests {
    private func circuit(_ qubits: Int, _ gates: [Gate], parameters: Int = 0) throws -> Circuit {
        var circuit = Circuit(qubitCount: qubits, parameterCount: parameters)
        for gate in gates { try circuit.append(gate) }
        return circuit
    }

    private func state(_ circuit: Circuit) -> StateVector {
        var state = StateVector(qubitCount: circuit.qubitCount)
        for gate in circuit.gates {
            state.apply(gate, angle: gate.angle?.value(parameters: [], features: []) ?? 0)
        }
        return state
    }

    // Every fidelity is 1, so the last of 75 bins holds all, and of Haar-random states (1 / 75)^(N - 1).
    @Test(arguments: [1, 2, 4]) func anIdleCircuitExpressesOneState(qubits: Int) throws {
        let divergence = Expressibility.divergence(of: try circuit(qubits, []), pairs: 10)
        #expect(abs(divergence - Double((1 << qubits) - 1) * log(75)) < 1e-9)
    }

    // Two states on the equator at a relative phase d have F = cos^2(d / 2), so a bin holds
    // (2 / pi)(asin sqrt u - asin sqrt l), and of Haar-random states 1 / 75.
    @Test func statesOnTheEquatorAreKnownExactly() throws {
        let equator = try circuit(1, [.hadamard(0), .rotation(.z, 0, .parameter(0))], parameters: 1)
        let exact = (0..<75).reduce(0.0) { sum, bin in
            let (lower, upper) = (Double(bin) / 75, Double(bin + 1) / 75)
            let share = 2 / Double.pi * (asin(upper.squareRoot()) - asin(lower.squareRoot()))
            return sum + share * log(75 * share)
        }
        let divergence = Expressibility.divergence(of: equator, pairs: 20_000, seed: 5)
        // A histogram of S samples is off by (bins - 1) / 2 S = 0.002 on average.
        #expect(abs(divergence - exact) < 0.01)
    }

    @Test func manyLayersCoverTheSpace() throws {
        var block = BlockTemplate.stronglyEntangling.block
        block.layers = 6
        let divergence = Expressibility.divergence(of: block.circuit(qubitCount: 4))
        #expect(divergence < 0.02)  // the noise of 5,000 pairs in 75 bins, of which some 30 are filled: 0.003
    }

    @Test func theSameSeedGivesTheSameNumber() {
        let circuit = BlockTemplate.simCircuits[5].block.circuit(qubitCount: 3)
        let first = Expressibility.divergence(of: circuit, pairs: 300, seed: 4)
        #expect(first == Expressibility.divergence(of: circuit, pairs: 300, seed: 4))
        #expect(first != Expressibility.divergence(of: circuit, pairs: 300, seed: 5))
    }

    @Test func knownStatesHaveKnownEntanglement() throws {
        let bell: [Gate] = [.hadamard(0), .controlledX(control: 0, target: 1)]
        #expect(abs(EntanglingCapability.meyerWallach(state(try circuit(2, bell))) - 1) < 1e-12)
        // A Bell pair beside a qubit of its own: two of three qubits are mixed.
        #expect(abs(EntanglingCapability.meyerWallach(state(try circuit(3, bell))) - 2.0 / 3) < 1e-12)
        let product: [Gate] = [
            .hadamard(0), .rotation(.y, 1, .constant(0.3)), .rotation(.x, 2, .constant(1)),
        ]
        #expect(abs(EntanglingCapability.meyerWallach(state(try circuit(3, product)))) < 1e-12)
        // W = (|001> + |010> + |100>) / sqrt 3: each qubit has purity 5 / 9, so Q = 8 / 9.
        let w: [Gate] =
            [.rotation(.y, 0, .constant(2 * acos(1 / 3.0.squareRoot())))]
            + Gate.controlledRotation(.y, control: 0, target: 1, .constant(.pi / 2))
            + [
                .controlledX(control: 1, target: 2), .controlledX(control: 0, target: 1),
                .pauli(.x, 0),
            ]
        #expect(abs(EntanglingCapability.meyerWallach(state(try circuit(3, w))) - 8.0 / 9) < 1e-12)
    }

    // RY(t) on the control of a controlled X gives purity 1 - sin(t)^2 / 2 on both qubits, so Q = sin(t)^2, 1/2 on average.
    @Test func meanEntanglementIsTheIntegral() throws {
        let pair = try circuit(
            2, [.rotation(.y, 0, .parameter(0)), .controlledX(control: 0, target: 1)], parameters: 1)
        // Four standard errors of 20,000 samples of variance 1/8.
        #expect(abs(EntanglingCapability.mean(of: pair, samples: 20_000) - 0.5) < 0.01)
    }
}
