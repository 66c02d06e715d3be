import Circuits
import Testing

struct MultiTaskCircuitTests {
    private func block(qubits: Int) throws -> Circuit {
        var block = Circuit(qubitCount: qubits, parameterCount: 2)
        try block.append(.rotation(.y, 0, .parameter(0)))
        try block.append(.rotation(.z, qubits - 1, .parameter(1)))
        return block
    }

    private func encoding() throws -> Circuit {
        var encoding = Circuit(qubitCount: 3, parameterCount: 1, featureCount: 1)
        try encoding.append(.rotation(.x, 0, .feature(0)))
        try encoding.append(.rotation(.x, 1, .parameter(0)))
        return encoding
    }

    @Test func numbersAnglesAndReadoutsTaskByTask() throws {
        let circuit = try MultiTaskCircuit(
            encoding: encoding(), stageCount: 1,
            tasks: [
                TaskCircuit(register: [2], block: block(qubits: 1), observables: [.z(0)]),
                TaskCircuit(register: [1, 0], block: block(qubits: 2), observables: [.z(0), .z(1)]),
            ])
        #expect(circuit.blockParameters == [1..<3, 3..<5])
        #expect(circuit.parameterCount == 5)
        #expect(circuit.readouts == [0..<1, 1..<3])
        #expect(circuit.readoutCount == 3)
        #expect(circuit.featureCount == 1)
    }

    @Test func blocksActOnTheirRegistersWithAnglesOfTheirOwn() throws {
        let circuit = try MultiTaskCircuit(
            encoding: encoding(), stageCount: 1,
            tasks: [
                TaskCircuit(register: [2], block: block(qubits: 1), observables: [.z(0)]),
                TaskCircuit(register: [1, 0], block: block(qubits: 2), observables: [.z(0)]),
            ])
        let encoded = try encoding().gates
        let first: [Gate] = [.rotation(.y, 2, .parameter(1)), .rotation(.z, 2, .parameter(2))]
        let second: [Gate] = [.rotation(.y, 1, .parameter(3)), .rotation(.z, 0, .parameter(4))]
        #expect(circuit.circuit(ofTask: 0).gates == encoded + first)
        #expect(circuit.circuit(ofTask: 1).gates == encoded + second)
        #expect(circuit.circuit(ofTask: 1).parameterCount == 5)
        #expect(circuit.wholeCircuit?.gates == encoded + first + second)
    }

    @Test func tasksOnCommonQubitsHaveNoWholeCircuit() throws {
        let task = try TaskCircuit(register: [2], block: block(qubits: 1), observables: [.z(0)])
        let circuit = try MultiTaskCircuit(encoding: encoding(), stageCount: 1, tasks: [task, task])
        #expect(!circuit.hasDisjointRegisters)
        #expect(circuit.wholeCircuit == nil)
    }
}
