import Circuits
import Testing
import Transpilation

/// What is taken out or merged, by the instructions that remain on a device that needs no swap.
struct SimplificationTests {
    private func transpile(_ gates: [Gate], qubits: Int = 2) throws -> NativeCircuit {
        var circuit = Circuit(qubitCount: qubits, parameterCount: 1, featureCount: 1)
        for gate in gates { try circuit.append(gate) }
        let native = try Transpiler(to: TestDevice.hexagon(.controlledZ)).transpile(circuit)
        #expect(native.distance(to: circuit, features: [0.4], parameters: [-1.1]) < rounding)
        return native
    }

    @Test func gatesThatCancelAreGone() throws {
        #expect(try transpile([.hadamard(0), .hadamard(0)]).instructions.isEmpty)
        #expect(
            try transpile([.controlledX(control: 0, target: 1), .controlledX(control: 0, target: 1)])
                .instructions.isEmpty)
        #expect(try transpile([.controlledZ(0, 1), .controlledZ(1, 0)]).instructions.isEmpty)
        let between: [Gate] = [.rotation(.z, 0, .feature(0)), .controlledZ(0, 2), .pauli(.z, 1)]
        #expect(
            try transpile([.controlledZ(0, 1)] + between + [.controlledZ(0, 1)], qubits: 3).entanglerCount
                == 1)
        // Controlled X with one target commute.
        let sameTarget: [Gate] = [
            .controlledX(control: 0, target: 2), .controlledX(control: 1, target: 2),
            .controlledX(control: 0, target: 2),
        ]
        #expect(try transpile(sameTarget, qubits: 3).entanglerCount == 1)
        // When the inner pair is gone, the outer one meets.
        let nested: [Gate] = [
            .controlledZ(0, 1), .hadamard(0), .controlledZ(0, 1), .controlledZ(0, 1), .hadamard(0),
            .controlledZ(0, 1),
        ]
        #expect(try transpile(nested).instructions.isEmpty)
    }

    @Test func whatDoesNotCommuteStays() throws {
        let gates: [Gate] = [.controlledZ(0, 1), .rotation(.x, 0, .feature(0)), .controlledZ(0, 1)]
        #expect(try transpile(gates).entanglerCount == 2)
    }

    @Test func rotationsOnAQubitAreOneRun() throws {
        let open = try transpile([
            .rotation(.x, 0, .feature(0)), .rotation(.z, 0, .parameter(0)), .rotation(.y, 0, .constant(0.3)),
            .hadamard(0),
        ])
        #expect(open.angleCount == 3 && open.instructions.count == 5)
        let diagonal = try transpile([
            .rotation(.z, 0, .feature(0)), .pauli(.z, 0), .rotation(.z, 0, .parameter(0)),
        ])
        #expect(diagonal.angleCount == 1 && diagonal.instructions.count == 1)
        let quarter = try transpile([.hadamard(0)])
        #expect(quarter.instructions.count { if case .squareRootX = $0 { true } else { false } } == 1)
        #expect(
            try transpile([.pauli(.x, 0)]).instructions.contains {
                if case .flip = $0 { true } else { false }
            })
    }

    /// A swap that routing needs on a pair that has just had its controlled Z costs one more gate, not three.
    @Test func swapsJoinControlledZ() throws {
        var circuit = Circuit(qubitCount: 3)
        // A triangle: on a line one of the pairs has to be brought together.
        for (first, second) in [(0, 1), (1, 2), (0, 2)] {
            circuit.appendUnchecked(.controlledZ(first, second))
            for qubit in 0..<3 { circuit.appendUnchecked(.rotation(.x, qubit, .constant(0.3))) }
        }
        let native = try Transpiler(to: TestDevice.line(3)).transpile(circuit)
        #expect(native.entanglerCount == 4)
        #expect(native.distance(to: circuit, features: [], parameters: []) < rounding)
    }
}
