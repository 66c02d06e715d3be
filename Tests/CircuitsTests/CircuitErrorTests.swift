import Circuits
import Testing

/// One test per error, with the sentence a user reads.
struct CircuitErrorTests {
    @Test(arguments: [-1, 2])
    func aGateNeedsItsQubits(qubit: Int) {
        var circuit = Circuit(qubitCount: 2)
        let error = CircuitError.qubitOutOfRange(index: qubit, qubitCount: 2)
        #expect(throws: error) { try circuit.append(.controlledZ(0, qubit)) }
        #expect(error.description == "qubit \(qubit) does not exist in a circuit of 2 qubits: use 0 to 1")
    }

    @Test func aRegisterNeedsItsQubits() throws {
        let task = try TaskCircuit(register: [0, 3], block: Circuit(qubitCount: 2), observables: [.z(0)])
        #expect(throws: CircuitError.qubitOutOfRange(index: 3, qubitCount: 3)) {
            try MultiTaskCircuit(encoding: Circuit(qubitCount: 3), stageCount: 0, tasks: [task])
        }
    }

    @Test func anObservableNeedsItsQubits() {
        #expect(throws: CircuitError.qubitOutOfRange(index: 1, qubitCount: 1)) {
            try TaskCircuit(register: [5], block: Circuit(qubitCount: 1), observables: [.z(1)])
        }
    }

    @Test func twoQubitGatesNeedTwoQubits() {
        var circuit = Circuit(qubitCount: 2)
        let error = CircuitError.repeatedQubit(index: 1)
        #expect(throws: error) { try circuit.append(.controlledX(control: 1, target: 1)) }
        #expect(error.description == "qubit 1 is named twice where two different qubits are needed")
    }

    @Test func aRegisterNamesAQubitOnce() {
        #expect(throws: CircuitError.repeatedQubit(index: 4)) {
            try TaskCircuit(register: [4, 0, 4], block: Circuit(qubitCount: 3), observables: [])
        }
    }

    @Test(arguments: [-1, 3])
    func aParameterMustExist(index: Int) {
        var circuit = Circuit(qubitCount: 1, parameterCount: 3, featureCount: 9)
        let error = CircuitError.parameterOutOfRange(index: index, count: 3)
        #expect(throws: error) { try circuit.append(.rotation(.x, 0, .parameter(index))) }
        #expect(error.description == "trainable angle \(index) does not exist in a circuit with 3 of them")
    }

    @Test(arguments: [-1, 2])
    func aFeatureMustExist(index: Int) {
        var circuit = Circuit(qubitCount: 1, parameterCount: 9, featureCount: 2)
        let error = CircuitError.featureOutOfRange(index: index, count: 2)
        #expect(throws: error) { try circuit.append(.rotation(.x, 0, .feature(index))) }
        #expect(error.description == "feature \(index) does not exist in a circuit with 2 features")
    }

    @Test(arguments: [
        (Preset.Sizes(qubits: 0), "qubits"), (.init(features: 0), "features"),
        (.init(register: 0), "register"),
        (.init(layers: 0), "layers"),
    ])
    func sizesArePositive(sizes: Preset.Sizes, name: String) {
        let error = CircuitError.invalidSize(name: name, value: 0)
        #expect(throws: error) { try Preset.deep.circuit(outputs: [1], sizes: sizes) }
        #expect(error.description == "\(name) is 0, but must be at least 1")
    }

    @Test func aCircuitHasTasks() {
        #expect(throws: CircuitError.invalidSize(name: "the number of tasks", value: 0)) {
            try Preset.paper.circuit(outputs: [])
        }
    }

    @Test func everyFeatureNeedsAPlace() {
        let error = CircuitError.tooManyFeatures(count: 7, capacity: 6, encoding: "paper")
        #expect(throws: error) { try Preset.paper.circuit(outputs: [1, 1], sizes: .init(features: 7)) }
        let sentence =
            "'paper' encodes at most 6 features here, not 7: use more qubits or fewer features"
        #expect(error.description == sentence)
    }

    @Test func aRegisterFitsTheCircuit() {
        let error = CircuitError.invalidRegister(qubits: 5, lowerBound: 1, upperBound: 4, task: 0)
        #expect(throws: error) {
            try Preset.deep.circuit(outputs: [1], sizes: .init(qubits: 4, register: 5))
        }
        #expect(error.description == "task 0 has a register of 5 qubits, but it must have 1 to 4")
    }
}
