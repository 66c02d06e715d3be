import Circuits
import ReferenceSimulation
import Testing

/// Double precision after a handful of gates.
private let tolerance = 1e-15

/// Values that follow from the definitions by hand.
struct StateVectorTests {
    @Test func qubitZeroIsTheLeastSignificantBit() {
        var state = StateVector(qubitCount: 3)
        state.apply(.pauli(.x, 0))
        state.apply(.pauli(.x, 2))
        #expect(state.amplitudes.firstIndex(of: .one) == 0b101)
    }

    // exp(-i a P / 2) turns the Bloch vector by a about P, right-handed.
    @Test(arguments: [
        (Pauli.x, Pauli.y, -1.0), (.y, .x, 1.0),
    ])
    func aQuarterTurnTakesZ(axis: Pauli, image: Pauli, sign: Double) {
        var state = StateVector(qubitCount: 1)
        state.apply(.rotation(axis, 0, .constant(.pi / 2)), angle: .pi / 2)
        #expect(abs(state.expectation(of: .all(image, on: [0])) - sign) < tolerance)
        #expect(abs(state.expectation(of: .z(0))) < tolerance)
    }

    @Test func aQuarterTurnAboutZTakesXToY() {
        var state = StateVector(qubitCount: 1)
        state.apply(.hadamard(0))
        state.apply(.rotation(.z, 0, .constant(.pi / 2)), angle: .pi / 2)
        #expect(abs(state.expectation(of: .all(.y, on: [0])) - 1) < tolerance)
    }

    @Test func controlledXMakesABellPair() {
        var state = StateVector(qubitCount: 2)
        state.apply(.hadamard(1))
        state.apply(.controlledX(control: 1, target: 0))
        for (pauli, sign) in [(Pauli.x, 1.0), (.y, -1.0), (.z, 1.0)] {
            #expect(abs(state.expectation(of: .all(pauli, on: [0, 1])) - sign) < tolerance)
        }
        #expect(abs(state.expectation(of: .z(0))) < tolerance)
    }

    // CZ between two |+> is the graph state stabilised by X0 Z1 and Z0 X1.
    @Test func controlledZMakesAGraphState() {
        var state = StateVector(qubitCount: 2)
        for gate in [Gate.hadamard(0), .hadamard(1), .controlledZ(0, 1)] { state.apply(gate) }
        #expect(abs(state.expectation(of: PauliString([(0, .x), (1, .z)])) - 1) < tolerance)
        #expect(abs(state.expectation(of: PauliString([(0, .z), (1, .x)])) - 1) < tolerance)
    }

    @Test(arguments: Pauli.allCases)
    func inversesUndoRotations(axis: Pauli) {
        var state = StateVector(qubitCount: 1)
        state.apply(.hadamard(0))
        let before = state
        let gate = Gate.rotation(axis, 0, .constant(0.7))
        state.apply(gate, angle: 0.7)
        state.applyInverse(of: gate, angle: 0.7)
        #expect(abs(state.inner(before).real - 1) < tolerance)
    }
}
