import Circuits
import ReferenceSimulation
import Testing

/// Double precision after some hundred gates.
private let tolerance = 1e-12

/// What a cone drops must not matter, and it should drop what cannot.
struct LightConeTests {
    @Test(arguments: 0..<200)
    func keptGatesGiveTheSameExpectations(index: Int) throws {
        var random = RandomCircuits(index)
        let qubits = random.integer(in: 1...7)
        let (circuit, angles) = random.circuitOfDistinctAngles(qubits: qubits)
        let observables = (0..<random.integer(in: 1...3)).map { _ in random.observable(qubits: qubits) }
        let cone = LightCone(of: circuit, support: support(of: observables), startsAtZero: true)
        let whole = state(circuit, Array(circuit.gates.indices), angles)
        let cut = state(circuit, cone.gates, angles)
        for observable in observables {
            #expect(abs(whole.expectation(of: observable) - cut.expectation(of: observable)) < tolerance)
        }
    }

    @Test(arguments: 0..<100)
    func droppedAnglesHaveNoGradient(index: Int) throws {
        var random = RandomCircuits(index)
        let qubits = random.integer(in: 1...6)
        let (circuit, angles) = random.circuitOfDistinctAngles(qubits: qubits)
        let observables = [random.observable(qubits: qubits), random.observable(qubits: qubits)]
        let cone = LightCone(of: circuit, support: support(of: observables), startsAtZero: true)
        let task = try TaskCircuit(
            register: Array(0..<qubits), block: Circuit(qubitCount: qubits), observables: observables)
        for readout in observables.indices {
            let gradients = ReferenceSimulator.gradients(
                try MultiTaskCircuit(encoding: circuit, stageCount: 0, tasks: [task]), features: [[]],
                parameters: angles
            ) { _, _ in observables.indices.map { $0 == readout ? 1 : 0 } }
            let kept = Set(cone.gates)
            for (gate, gradient) in gradients.parameters.enumerated() where !kept.contains(gate) {
                #expect(abs(gradient) < tolerance, "gate \(gate): \(circuit.gates[gate])")
            }
        }
    }

    /// Behind gates that are not known, a cone may only drop what commutes with its observables, and may only claim
    /// such a support: what precedes it outside the support, or along a qubit's only axis, has no effect.
    @Test(arguments: 0..<200)
    func aBlockHoldsBehindAnyState(index: Int) throws {
        var random = RandomCircuits(index)
        let qubits = random.integer(in: 1...6)
        let (before, beforeAngles) = random.circuitOfDistinctAngles(qubits: qubits)
        let (block, angles) = random.circuitOfDistinctAngles(qubits: qubits)
        let observables = [random.observable(qubits: qubits), random.observable(qubits: qubits)]
        let cone = LightCone(of: block, support: support(of: observables), startsAtZero: false)

        let start = state(before, Array(before.gates.indices), beforeAngles)
        var disturbed = start
        for qubit in 0..<qubits {
            switch cone.support[qubit, default: .none] {
            case .any: break
            case .axis(let axis): disturbed.apply(.rotation(axis, qubit, .constant(0)), angle: 0.7)
            case .none:
                disturbed.apply(.rotation(.x, qubit, .constant(0)), angle: 0.7)
                disturbed.apply(.rotation(.z, qubit, .constant(0)), angle: 0.4)
            }
        }
        let whole = state(block, Array(block.gates.indices), angles, from: start)
        let cut = state(block, cone.gates, angles, from: disturbed)
        for observable in observables {
            #expect(abs(whole.expectation(of: observable) - cut.expectation(of: observable)) < tolerance)
        }
    }

    // The gates of a layer commute, so each of the two layers widens a cone by one neighbour a side: 1 + 2 * 2 qubits
    // for a 1-qubit register, 2 + 2 * 2 for a 2-qubit register.
    @Test(arguments: [(register: [20], width: 5), (register: [20, 21], width: 6)])
    func thePapersConeIsNarrowInAnyOrderOfALayersGates(register: [Int], width: Int) throws {
        let preset = try Preset.paper.circuit(outputs: Array(repeating: 1, count: 41))
        let support = Dictionary(uniqueKeysWithValues: register.map { ($0, Support.any) })
        for order in 0..<20 {
            var random = RandomCircuits(order)
            var circuit = Circuit(qubitCount: 41, parameterCount: 123, featureCount: 123)
            for gate in random.shufflingLayers(preset.encoding.gates) { try circuit.append(gate) }
            let finder = LightConeFinder(circuit)
            let cone = finder.cone(of: support, startsAtZero: true)
            let qubits = finder.qubits(of: cone, reading: support)
            #expect(qubits == Set(register[0] - 2...register.last! + 2))
            #expect(qubits.count == width)
        }
    }

    @Test func aSeparableConeIsItsRegister() throws {
        let circuit = try Preset.separable.circuit(outputs: [1, 1, 1]).encoding
        let cone = LightCone(of: circuit, support: [1: .any], startsAtZero: true)
        #expect(cone.gates.allSatisfy { circuit.gates[$0].qubits == [1] })
        #expect(cone.gates.count == 6)
        #expect(cone.support == [1: .any])
    }

    @Test func gatesOnQubitsStillAtZeroAreDropped() throws {
        var circuit = Circuit(qubitCount: 3, parameterCount: 2)
        let gates: [Gate] = [
            .rotation(.z, 0, .parameter(0)), .controlledZ(0, 1), .controlledX(control: 2, target: 0),
            .rotation(.y, 0, .parameter(1)),
        ]
        for gate in gates { try circuit.append(gate) }
        #expect(LightCone(of: circuit, support: [0: .axis(.z)], startsAtZero: true).gates == [3])
        #expect(LightCone(of: circuit, support: [0: .axis(.z)], startsAtZero: false).gates == [0, 1, 2, 3])
    }

    /// The support of observables that are read together.
    private func support(of observables: [PauliString]) -> [Int: Support] {
        observables.flatMap(\.factors).reduce(into: [:]) { support, factor in
            support[factor.qubit] = support[factor.qubit, default: .none].union(.axis(factor.pauli))
        }
    }

    /// The state behind some of a circuit's gates, each with the angle of its own number.
    private func state(
        _ circuit: Circuit, _ gates: [Int], _ angles: [Double], from start: StateVector? = nil
    ) -> StateVector {
        var state = start ?? StateVector(qubitCount: circuit.qubitCount)
        for index in gates { state.apply(circuit.gates[index], angle: angles[index]) }
        return state
    }
}

extension RandomCircuits {
    /// A circuit of 0 to 8 gates per qubit, where angle `i` belongs to gate `i`, if that has one, and values for them.
    fileprivate mutating func circuitOfDistinctAngles(qubits: Int) -> (Circuit, [Double]) {
        let count = integer(in: 0...8 * qubits)
        var circuit = Circuit(qubitCount: qubits, parameterCount: count)
        for index in 0..<count {
            let gate = gate(qubits: qubits, parameters: 1, features: 0)
            if case .rotation(let axis, let qubit, _) = gate {
                circuit.appendUnchecked(.rotation(axis, qubit, .parameter(index)))
            } else {
                circuit.appendUnchecked(gate)
            }
        }
        return (circuit, angles(count).map(Double.init))
    }

    /// The same gates, each run of two-qubit gates in another order.
    fileprivate mutating func shufflingLayers(_ gates: [Gate]) -> [Gate] {
        var result: [Gate] = []
        var layer: [Gate] = []
        for gate in gates {
            if gate.qubits.count == 2 {
                layer.append(gate)
            } else {
                result += shuffled(layer) + [gate]
                layer = []
            }
        }
        return result + shuffled(layer)
    }
}
