import Circuits
import Testing

/// Sizes of the circuits of prior models, and what they refuse.
struct PriorModelTests {
    @Test(arguments: [[1], [1, 3, 1], [2, 5, 1, 1]])
    func sizesFollowTheirFormulas(outputs: [Int]) throws {
        let taskCount = outputs.count
        let qfnn = try QFNNCircuit.circuit(taskCount: taskCount)
        #expect(qfnn.featureCount == 3 * taskCount && qfnn.readoutCount == 3 * taskCount)
        #expect(qfnn.parameterCount == 0)

        let share = try ShareAndSpecifyCircuit.circuit(outputs: outputs)
        #expect(share.featureCount == 8 && share.readoutCount == outputs.reduce(0, +))
        #expect(share.parameterCount == 2 * 8 * 4 * (taskCount + 1))

        let transfer = try TransferCircuit.circuit(
            outputs: outputs, preparation: AmplitudeEncoding(featureCount: 20, qubitCount: 5), layers: 6)
        #expect(transfer.featureCount == 31 && transfer.readoutCount == outputs.reduce(0, +))
        #expect(transfer.parameterCount == 3 * 5 * 6 * taskCount)
        #expect(transfer.hasDisjointRegisters)

        let shared = try SharedCircuit.circuit(qubits: 12, layers: 2)
        #expect(shared.featureCount == 12 && shared.readoutCount == 12 && shared.parameterCount == 48)
    }

    /// 768 features take the original's 10 qubits; 15 classes take 6 for their readouts.
    @Test func qubitsFollowFeaturesAndReadouts() {
        #expect(TransferCircuit.qubitCount(valueCount: 768, outputs: [1], qubits: nil) == 10)
        #expect(TransferCircuit.qubitCount(valueCount: 1024, outputs: [1], qubits: nil) == 10)
        #expect(TransferCircuit.qubitCount(valueCount: 1025, outputs: [1], qubits: nil) == 11)
        #expect(TransferCircuit.qubitCount(valueCount: 1, outputs: [1], qubits: nil) == 1)
        #expect(TransferCircuit.qubitCount(valueCount: 6, outputs: [15, 1], qubits: nil) == 6)
        #expect(ShareAndSpecifyCircuit.qubitCount(outputs: [1, 40], qubits: nil) == 14)
        #expect(ShareAndSpecifyCircuit.qubitCount(outputs: [1, 40], qubits: 3) == 3)
    }

    @Test func tooSmallCircuitsAreRefused() throws {
        let tooFew = CircuitError.tooFewQubits(count: 3, needed: 4, task: 1)
        #expect(throws: tooFew) { try ShareAndSpecifyCircuit.circuit(outputs: [1, 5], qubits: 3) }
        let preparation = try AmplitudeEncoding(featureCount: 8, qubitCount: 3)
        #expect(throws: tooFew) { try TransferCircuit.circuit(outputs: [1, 5], preparation: preparation) }
        #expect(tooFew.description.contains("task 1") && tooFew.description.contains("4 qubits"))
        #expect(throws: CircuitError.invalidSize(name: "layers", value: 0)) {
            try SharedCircuit.circuit(layers: 0)
        }
        #expect(throws: CircuitError.invalidSize(name: "the number of tasks", value: 0)) {
            try QFNNCircuit.circuit(taskCount: 0)
        }
        #expect(throws: CircuitError.invalidSize(name: "features", value: 0)) {
            try ReservoirCircuit(qubitCount: 2, couplings: [1]).circuit(featureCount: 0)
        }
    }
}
