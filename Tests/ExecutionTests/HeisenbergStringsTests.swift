import Circuits
import Execution
import Testing

/// Which Pauli strings an observable behind a block can be a sum of.
@Suite struct HeisenbergStringsTests {
    private static func program(_ build: (inout Circuit) throws -> Void) throws -> Program {
        var circuit = Circuit(qubitCount: 3, parameterCount: 8)
        try build(&circuit)
        return LoweredCircuit(circuit.gates, qubits: [0, 1, 2]).program
    }

    private static func masks(_ strings: [String]) -> Set<PauliMasks> {
        Set(strings.map { PauliMasks(PauliString($0)!) })
    }

    /// Through RZ, Z stays itself and X becomes X and Y; through RY, Z becomes Z and X.
    @Test func rotationsAddWhatDoesNotCommute() throws {
        let program = try Self.program {
            try $0.append(.rotation(.z, 0, .parameter(0)))
            try $0.append(.rotation(.y, 1, .parameter(1)))
        }
        #expect(program.heisenbergStrings(of: .z(0), limit: 9) == Self.masks(["Z0"]))
        #expect(program.heisenbergStrings(of: .z(1), limit: 9) == Self.masks(["Z1", "X1"]))
        #expect(
            program.heisenbergStrings(of: PauliString("X0*Z1")!, limit: 9)
                == Self.masks(["X0*Z1", "Y0*Z1", "X0*X1", "Y0*X1"]))
    }

    /// X on one qubit of a controlled Z becomes X Z, X X becomes Y Y, and signs stay where they are.
    @Test func controlledZMovesSigns() throws {
        let program = try Self.program {
            try $0.append(.controlledZ(0, 1))
            try $0.append(.controlledZ(1, 2))
        }
        for (before, after) in [
            ("X0", "X0*Z1"), ("X1", "Z0*X1*Z2"), ("X0*X1", "Y0*Y1*Z2"), ("Y0*Z1", "Y0"), ("Z2", "Z2"),
        ] {
            #expect(program.heisenbergStrings(of: PauliString(before)!, limit: 1) == Self.masks([after]))
        }
    }

    /// The block of the `deep` preset sees three of its four qubits, with 33 of their 64 strings.
    @Test func deepBlockHasFewStrings() throws {
        let circuit = try Preset.deep.circuit(outputs: [1], sizes: .init(qubits: 8, features: 64))
        let head = try #require(ExecutionPlan(circuit).heads.first)
        #expect(head.program.qubitCount == 3)
        #expect(head.program.heisenbergStrings(of: head.observables[0], limit: 64)?.count == 33)
        #expect(head.program.heisenbergStrings(of: head.observables[0], limit: 32) == nil)
    }
}
