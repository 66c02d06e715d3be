import Circuits
import Testing

/// Parameter counts against the formulas of the model, and what the encodings are made of.
struct PresetTests {
    static let outputs = [[1], [3], [1, 1], [1, 3, 5], [10, 1, 8, 3]]

    /// `sum_t q_t`.
    private func qubits(_ outputs: [Int]) -> Int {
        outputs.reduce(0) { $0 + Observables.registerSize(outputCount: $1) }
    }

    // 3n in the encoding and q_t (2m + 1) in the block of task t.
    @Test(arguments: outputs, [1, 2, 3])
    func paperCountsItsParameters(outputs: [Int], layers: Int) throws {
        let n = qubits(outputs)
        let circuit = try Preset.paper.circuit(outputs: outputs, sizes: .init(layers: layers))
        #expect(circuit.encoding.qubitCount == n)
        #expect(circuit.featureCount == 3 * n)
        #expect(circuit.encoding.parameterCount == 3 * n)
        #expect(circuit.parameterCount == 3 * n + n * (2 * layers + 1))
        #expect(circuit.readoutCount == outputs.reduce(0, +))
        #expect(circuit.stageCount == 3)
        #expect(circuit.hasDisjointRegisters)
    }

    @Test(arguments: outputs)
    func aFixedEncodingHasNoParameters(outputs: [Int]) throws {
        let circuit = try Preset.paperFixedEncoding.circuit(outputs: outputs)
        #expect(circuit.encoding.parameterCount == 0)
        #expect(circuit.parameterCount == 3 * qubits(outputs))
        #expect(circuit.featureCount == 3 * qubits(outputs))
    }

    @Test(arguments: outputs)
    func separableIsPaperWithoutTwoQubitGates(outputs: [Int]) throws {
        let paper = try Preset.paper.circuit(outputs: outputs)
        let separable = try Preset.separable.circuit(outputs: outputs)
        #expect(separable.parameterCount == paper.parameterCount)
        #expect(separable.encoding.gates == paper.encoding.gates.filter { $0.qubits.count == 1 })
        for (task, entangled) in zip(separable.tasks, paper.tasks) {
            #expect(task.block.gates == entangled.block.gates.filter { $0.qubits.count == 1 })
        }
    }

    // ceil(d / n) stages of 2n angles, and q (2m + 1) per task, whatever d is.
    @Test(arguments: [(1, 1, 1, 1), (5, 12, 3, 2), (8, 64, 4, 2), (8, 65, 4, 3)])
    func deepCountsItsParameters(n: Int, features: Int, register: Int, layers: Int) throws {
        let circuit = try Preset.deep.circuit(
            outputs: [1, 1, 1],
            sizes: .init(qubits: n, features: features, register: register, layers: layers))
        let stages = (features + n - 1) / n
        #expect(circuit.stageCount == stages)
        #expect(circuit.encoding.parameterCount == stages * 2 * n)
        #expect(circuit.parameterCount == stages * 2 * n + 3 * register * (2 * layers + 1))
        #expect(circuit.tasks.allSatisfy { $0.register == Array(0..<register) })
    }

    // By default 8 qubits, registers of 4, two layers, and the features of the capacity-matched rule.
    @Test func deepHasSizesOfItsOwn() throws {
        let circuit = try Preset.deep.circuit(outputs: [1, 3, 5])
        #expect(circuit.encoding.qubitCount == 8)
        #expect(circuit.featureCount == 3 * (1 + 2 + 4))
        #expect(circuit.stageCount == 3)
        #expect(circuit.tasks.map(\.register.count) == [4, 4, 4])
        #expect(circuit.parameterCount == 3 * 16 + 3 * 4 * 5)
    }

    @Test func narrowDeepCircuitsHaveNarrowRegisters() throws {
        let circuit = try Preset.deep.circuit(outputs: [1], sizes: .init(qubits: 2, features: 4))
        #expect(circuit.tasks[0].register == [0, 1])
    }

    @Test func hqslIsTwoQubitsThatReadThreeFeatures() throws {
        let circuit = try Preset.hqsl.circuit(outputs: [1, 4, 1])
        let expected: [Gate] = [
            .rotation(.x, 0, .feature(0)), .rotation(.x, 1, .feature(0)),
            .rotation(.z, 0, .parameter(0)), .rotation(.z, 1, .parameter(1)), .controlledZ(0, 1),
            .rotation(.x, 0, .feature(1)), .rotation(.x, 1, .feature(1)),
            .rotation(.y, 0, .parameter(2)), .rotation(.y, 1, .parameter(3)), .controlledZ(0, 1),
            .rotation(.x, 0, .feature(2)), .rotation(.x, 1, .feature(2)),
            .rotation(.z, 0, .parameter(4)), .rotation(.z, 1, .parameter(5)),
        ]
        #expect(circuit.encoding.gates == expected)
        #expect(circuit.parameterCount == 6)
        #expect(circuit.featureCount == 3)
        #expect(circuit.tasks.flatMap(\.observables).map(\.description) == ["Y0", "Y1"])
        #expect(circuit.tasks.allSatisfy { $0.block.gates.isEmpty })
    }

    @Test func paperEncodesInThreeStages() throws {
        let circuit = try Preset.paper.circuit(outputs: [1, 1, 1])
        func rotations(_ axis: Pauli, _ angle: (Int) -> Angle) -> [Gate] {
            (0..<3).map { .rotation(axis, $0, angle($0)) }
        }
        let entangler: [Gate] = [.controlledZ(0, 1), .controlledZ(1, 2)]
        let stages = [
            rotations(.x) { .feature($0) } + rotations(.z) { .parameter($0) } + entangler,
            rotations(.x) { .feature(3 + $0) } + rotations(.y) { .parameter(3 + $0) } + entangler,
            rotations(.x) { .feature(6 + $0) } + rotations(.z) { .parameter(6 + $0) },
        ]
        #expect(circuit.encoding.gates == stages.flatMap(\.self))
    }

    @Test func deepEncodesInEqualStages() throws {
        let circuit = try Preset.deep.circuit(outputs: [1], sizes: .init(qubits: 2, features: 3))
        let expected: [Gate] = [
            .rotation(.y, 0, .feature(0)), .rotation(.y, 1, .feature(1)),
            .rotation(.z, 0, .parameter(0)), .rotation(.z, 1, .parameter(1)),
            .rotation(.y, 0, .parameter(2)), .rotation(.y, 1, .parameter(3)), .controlledZ(0, 1),
            .rotation(.y, 0, .feature(2)),  // the tail of the features is padded: qubit 1 reads nothing
            .rotation(.z, 0, .parameter(4)), .rotation(.z, 1, .parameter(5)),
            .rotation(.y, 0, .parameter(6)), .rotation(.y, 1, .parameter(7)), .controlledZ(0, 1),
        ]
        #expect(circuit.encoding.gates == expected)
    }

    @Test func paperBlocksEndInAClosingRotation() throws {
        let block = try Preset.paper.circuit(outputs: [3]).tasks[0].block
        let expected: [Gate] = [
            .rotation(.y, 0, .parameter(0)), .rotation(.y, 1, .parameter(1)),
            .rotation(.z, 0, .parameter(2)), .rotation(.z, 1, .parameter(3)), .controlledZ(0, 1),
            .rotation(.y, 0, .parameter(4)), .rotation(.y, 1, .parameter(5)),
        ]
        #expect(block.gates == expected)
    }

    @Test func presetsAreFoundByName() {
        for preset in Preset.all { #expect(Preset(named: preset.name) == preset) }
        #expect(Preset.all.map(\.name) == ["paper", "paper-fixed-encoding", "separable", "deep", "hqsl"])
        #expect(Preset(named: "Paper") == nil)
    }
}
