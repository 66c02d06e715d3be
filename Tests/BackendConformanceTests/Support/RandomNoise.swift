import Circuits
import Noise

extension RandomCircuits {
    /// Noise of every kind behind some gates, on all qubits or a part of them, and wrong readouts.
    mutating func noise(qubits: Int) throws -> NoiseModel {
        var model = NoiseModel()
        for gate in GateKind.allCases {
            for _ in 0..<integer(in: 0...2) {
                let place = integer(in: 0...2) == 0 ? Array(0..<(qubits + 1) / 2) : nil
                try model.add(channel(after: gate), after: gate, on: place)
            }
        }
        if integer(in: 0...1) == 0 { model.set(try ReadoutError(zeroToOne: 0.04, oneToZero: 0.1)) }
        return model
    }

    private mutating func channel(after gate: GateKind) throws -> Channel {
        let strength = Double(integer(in: 1...12)) / 64
        return switch integer(in: 0...7) {
        case 0: try .depolarizing(probability: strength, qubitCount: gate.qubitCount)
        case 1: try .depolarizing(probability: strength)
        case 2: try .amplitudeDamping(probability: strength)
        case 3: try .phaseDamping(probability: strength)
        case 4: try .pauli(probabilities: ["X": strength / 3, "Y": strength / 2])
        case 5: try .thermalRelaxation(t1: 1, t2: 0.7, time: strength)
        case 6: .overRotation(of: gate, angle: strength)
        // Nothing is left of a qubit, so that nothing can be undone on the way back.
        default: try .amplitudeDamping(probability: 1)
        }
    }
}
