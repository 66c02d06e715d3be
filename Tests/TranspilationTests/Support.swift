import Circuits
import Numerics
import Randomness
import ReferenceSimulation
import Transpilation

/// Small devices for tests; errors differ, so that choices can be checked.
enum TestDevice {
    /// Qubits in a line.
    static func line(
        _ count: Int, _ entangler: DeviceTarget.Entangler = .controlledZ, hasRotationX: Bool = false,
        hasRotationZZ: Bool = false
    ) -> DeviceTarget {
        device(
            count, pairs: (0..<count - 1).map { ($0, $0 + 1) }, entangler, hasRotationX: hasRotationX,
            hasRotationZZ: hasRotationZZ)
    }

    /// A piece of a heavy-hexagon lattice: a ring of twelve, with a tail at qubit 3.
    static func hexagon(_ entangler: DeviceTarget.Entangler) -> DeviceTarget {
        device(14, pairs: (0..<12).map { ($0, ($0 + 1) % 12) } + [(3, 12), (12, 13)], entangler)
    }

    static func device(
        _ count: Int, pairs: [(Int, Int)], _ entangler: DeviceTarget.Entangler, hasRotationX: Bool = false,
        hasRotationZZ: Bool = false, broken: Set<Int> = []
    ) -> DeviceTarget {
        var couplings: [DeviceTarget.Coupling: Double] = [:]
        for (index, (first, second)) in pairs.enumerated() {
            // An echoed cross resonance has one direction, and not always that of the numbers.
            let isReversed = entangler == .echoedCrossResonance && index % 3 == 0
            couplings[isReversed ? .init(second, first) : .init(first, second)] =
                0.005 + 0.0001 * Double(index % 7)
        }
        return DeviceTarget(
            name: "test", qubitCount: count, entangler: entangler, hasRotationX: hasRotationX,
            turnErrors: (0..<count).map { broken.contains($0) ? 1 : 0.0002 },
            readoutErrors: (0..<count).map { 0.01 + 0.001 * Double($0 % 5) }, couplingErrors: couplings,
            rotationZZErrors: hasRotationZZ ? couplings : [:])
    }
}

extension NativeCircuit {
    /// `1 - |<a|b>|` for the states that circuit and native circuit prepare, at given angles.
    ///
    /// Only the device's qubits in use are simulated; those that hold none of the circuit's must end as |0>.
    func distance(to circuit: Circuit, features: [Double], parameters: [Double]) -> Double {
        var expected = StateVector(qubitCount: circuit.qubitCount)
        for gate in circuit.gates {
            let angle = gate.angle.map { angle in
                angle.features.reduce(angle.parameters.reduce(angle.factor) { $0 * parameters[$1] }) {
                    $0 * features[$1]
                }
            }
            expected.apply(gate, angle: angle ?? 0)
        }
        let angles = angles(features: features, parameters: parameters)
        guard keepsToAngles(angles) else { return 1 }
        let native = self.circuit(angles: angles)
        // The circuit's own qubits first, where they are at the end, then all others that gates have touched.
        let others = Set(native.gates.flatMap(\.qubits)).subtracting(finalLayout).sorted()
        let order = Dictionary(uniqueKeysWithValues: (finalLayout + others).enumerated().map { ($1, $0) })
        var found = StateVector(qubitCount: order.count)
        for gate in native.gates {
            guard case .constant(let angle) = gate.angle ?? .constant(0) else { return 1 }
            found.apply(gate.relabelled { order[$0]! }, angle: angle)
        }
        var overlap = Complex<Double>.zero
        for (index, amplitude) in expected.amplitudes.enumerated() {
            overlap += amplitude.conjugate * found.amplitudes[index]
        }
        return 1 - overlap.length
    }

    /// Whether every rotation about ZZ is above 0 and at most a quarter turn.
    private func keepsToAngles(_ angles: [Double]) -> Bool {
        instructions.allSatisfy { instruction in
            guard case .rotationZZ(let angle, _, _) = instruction else { return true }
            switch angle {
            case .constant(let value): return value > 0 && value <= .pi / 2
            case .entry(let index): return angles[index] > 0 && angles[index] <= .pi / 2
            }
        }
    }

    /// Whether every two-qubit gate is one the device has, in its order, and no gate is on a broken qubit.
    var keepsToDevice: Bool {
        instructions.allSatisfy { instruction in
            switch instruction {
            case .entangler(let first, let second):
                target.couplingErrors[DeviceTarget.Coupling(first, second)] != nil
            case .rotationZZ(_, let first, let second):
                target.rotationsZZ.contains(DeviceTarget.Coupling(first, second))
            case .rotationX(_, let qubit): target.hasRotationX && target.qubitErrors[qubit] != nil
            case .rotationZ(_, let qubit), .squareRootX(let qubit), .flip(let qubit):
                target.qubitErrors[qubit] != nil
            }
        }
    }
}

/// Random circuits with features and trainable angles.
struct RandomCircuits {
    private var generator: Philox

    init(_ index: Int) { generator = Philox(seed: 21, purpose: .data, index: UInt32(index)) }

    mutating func values(_ count: Int) -> [Double] {
        (0..<count).map { _ in Double(generator.uniform(in: -3..<3)) }
    }

    mutating func circuit(qubits: Int, gates: Int) -> Circuit {
        var circuit = Circuit(qubitCount: qubits, parameterCount: 3, featureCount: 3)
        for _ in 0..<gates {
            let pair = (0..<qubits).shuffled(using: &generator).prefix(2)
            let pauli = Pauli.allCases.randomElement(using: &generator)!
            let index = Int.random(in: 0..<3, using: &generator)
            let angles: [Angle] = [
                .feature(index), .parameter(index), 0.5 * .parameter(index), .feature(index) * .parameter(0),
                .constant(.pi / 2), .constant(.pi), .constant(0.3),
            ]
            var candidates: [Gate] = angles.map { .rotation(pauli, pair[0], $0) }
            candidates += [.hadamard(pair[0]), .pauli(pauli, pair[0])]
            if qubits > 1 {
                for _ in 0..<3 {
                    candidates += [
                        .controlledZ(pair[0], pair[1]), .controlledX(control: pair[0], target: pair[1]),
                    ]
                }
            }
            circuit.appendUnchecked(candidates.randomElement(using: &generator)!)
        }
        return circuit
    }
}

/// Rounding of some hundred gates in double precision.
let rounding = 1e-11
