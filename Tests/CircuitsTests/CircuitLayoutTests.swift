import Circuits
import Testing

struct CircuitLayoutTests {
    @Test func gatesShareAColumnUnlessTheyShareAQubit() throws {
        let gates: [Gate] = [.hadamard(0), .controlledZ(0, 1), .pauli(.x, 2), .hadamard(2), .hadamard(2)]
        var circuit = Circuit(qubitCount: 3)
        for gate in gates { try circuit.append(gate) }
        let expected: [[Gate]] = [
            [.hadamard(0), .pauli(.x, 2)], [.controlledZ(0, 1), .hadamard(2)], [.hadamard(2)],
        ]
        #expect(CircuitLayout(of: circuit).columns == expected)
    }

    @Test func aDrawnGateNeedsTheLinesItCrosses() throws {
        var circuit = Circuit(qubitCount: 3)
        try circuit.append(.controlledX(control: 2, target: 0))
        try circuit.append(.hadamard(1))
        #expect(CircuitLayout(of: circuit, spacing: .qubits).depth == 1)
        #expect(CircuitLayout(of: circuit, spacing: .lines).depth == 2)
    }

    @Test func anEmptyCircuitHasNoColumns() {
        #expect(CircuitLayout(of: Circuit(qubitCount: 2)).depth == 0)
    }
}

struct ResourceCountTests {
    // Registers of 1, 2 and 4 qubits, so n = 7. Encoding: 3 stages of RX and one trainable axis, 6n = 42 rotations, and
    // 2 brickworks of n - 1 = 6 CZ. Blocks: RY, RZ, RY per qubit, 3n = 21; CZ chains of 0, 1 and 3.
    // Depth of the encoding: 2 + 2 (brickwork) + 2 + 2 + 2 = 10 on the inner qubits; the 4-qubit block adds
    // RY, RZ, a chain of 3 CZ and a closing RY = 6.
    @Test func disjointRegistersAreOneCircuit() throws {
        let resources = ResourceCount(of: try Preset.paper.circuit(outputs: [1, 3, 5]))
        #expect(resources.qubits == 7)
        #expect(resources.stages == 3)
        #expect(resources.oneQubitGates == 42 + 21)
        #expect(resources.twoQubitGates == 12 + 4)
        #expect(resources.depth == 16)
        #expect(resources.circuits == 1)
    }

    // 8 qubits, 24 features, so 3 stages of RY, RZ, RY and a brickwork of 7 CZ: 72 rotations, 21 CZ, depth 3 * 5.
    // One block on 4 qubits: 2 layers of (RY, RZ, chain of 3) and a closing RY: 20 rotations, 6 CZ. Its first chain ends
    // in steps 18, 19, 20; on qubits 0 and 1 the next RY and RZ run meanwhile, so the second chain takes steps
    // 22, 23, 24 and the last RY step 25.
    @Test func sharedQubitsAreOneCircuitPerTask() throws {
        let circuit = try Preset.deep.circuit(outputs: [1, 1, 5], sizes: .init(features: 24))
        let resources = ResourceCount(of: circuit)
        #expect(resources.qubits == 8)
        #expect(resources.stages == 3)
        #expect(resources.oneQubitGates == 72 + 20)
        #expect(resources.twoQubitGates == 21 + 6)
        #expect(resources.circuits == 3)
        #expect(resources.depth == 25)
    }

    @Test func aSeparableCircuitHasNoTwoQubitGates() throws {
        let resources = ResourceCount(
            of: try Preset.separable.circuit(outputs: Array(repeating: 1, count: 100)))
        #expect(resources.twoQubitGates == 0)
        #expect(resources.depth == 6 + 3)
    }
}
