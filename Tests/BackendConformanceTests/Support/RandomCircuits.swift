import Circuits
import Randomness

/// Draws circuits of every kind of gate and angle.
struct RandomCircuits {
    private var generator: Philox

    /// Circuit `index` of the tests' one seed.
    init(_ index: Int) { generator = Philox(seed: 2, purpose: .data, index: UInt32(index)) }

    mutating func integer(in range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }

    /// An angle in `-pi...pi`, a multiple of 2^-12 so that it can be shifted without a rounding error.
    mutating func angle() -> Float { (generator.uniform(in: -Float.pi..<Float.pi) * 4096).rounded() / 4096 }

    mutating func angles(_ count: Int) -> [Float] { (0..<count).map { _ in angle() } }

    mutating func shuffled<Element>(_ elements: some Sequence<Element>) -> [Element] {
        elements.shuffled(using: &generator)
    }

    /// A circuit of `gateCount` gates; each of its angles may occur in several gates or in none.
    mutating func circuit(qubits: Int, gateCount: Int, parameters: Int, features: Int = 0) -> Circuit {
        var circuit = Circuit(qubitCount: qubits, parameterCount: parameters, featureCount: features)
        for _ in 0..<gateCount {
            circuit.appendUnchecked(gate(qubits: qubits, parameters: parameters, features: features))
        }
        return circuit
    }

    /// A gate; half of them are rotations, a third of them act on two qubits.
    mutating func gate(qubits: Int, parameters: Int, features: Int) -> Gate {
        let pair = shuffled(0..<qubits).prefix(2)
        let rotation = Gate.rotation(pauli(), pair[0], angle(parameters: parameters, features: features))
        var candidates =
            Array(repeating: rotation, count: 6) + [.hadamard(pair[0]), .pauli(pauli(), pair[0])]
        if qubits > 1 {
            let controlledX = Gate.controlledX(control: pair[0], target: pair[1])
            candidates += [
                .controlledZ(pair[0], pair[1]), .controlledZ(pair[0], pair[1]), controlledX, controlledX,
            ]
        }
        return candidates[integer(in: 0...candidates.count - 1)]
    }

    private mutating func angle(parameters: Int, features: Int) -> Angle {
        // One angle in five is constant, and one of these a quarter turn, which some backends treat as special.
        let index = integer(in: -1 - (parameters + features) / 4...parameters + features - 1)
        guard index >= 0 else { return .constant(index == -1 ? .pi / 2 : Double(angle())) }
        func entry(_ index: Int) -> Angle {
            index < parameters ? .parameter(index) : .feature(index - parameters)
        }
        switch integer(in: 0...5) {
        case 0: return -0.5 * entry(index)
        // The factor keeps the angle near 1, so that its rounding to single precision is that of any other angle.
        case 1: return 0.125 * (entry(index) * entry(integer(in: 0...parameters + features - 1)))
        default: return entry(index)
        }
    }

    mutating func pauli() -> Pauli { Pauli.allCases[integer(in: 0...2)] }

    /// A product of 1 to `qubits` Pauli operators.
    mutating func observable(qubits: Int) -> PauliString {
        let chosen = shuffled(0..<qubits).prefix(integer(in: 1...qubits))
        return PauliString(chosen.map { ($0, pauli()) })
    }

    /// A task of 1 to 3 observables behind a block on a register of any width and order.
    mutating func task(qubits: Int) throws -> TaskCircuit {
        let width = integer(in: 1...qubits)
        let block = circuit(qubits: width, gateCount: integer(in: 0...5 * width), parameters: 2 * width)
        return try TaskCircuit(
            register: Array(shuffled(0..<qubits).prefix(width)), block: block,
            observables: (0..<integer(in: 1...3)).map { _ in observable(qubits: width) })
    }

    /// An encoding of any gates, read by tasks whose registers overlap as they like.
    mutating func multiTaskCircuit(qubits: Int, tasks: Int) throws -> MultiTaskCircuit {
        let encoding = circuit(
            qubits: qubits, gateCount: integer(in: 0...8 * qubits), parameters: 2 * qubits,
            features: 2 * qubits)
        return try MultiTaskCircuit(
            encoding: encoding, stageCount: 1, tasks: (0..<tasks).map { _ in try task(qubits: qubits) })
    }
}
