import Circuits

extension Circuit {
    /// The circuit that undoes this one when each of its angles is the negative of this one's.
    var inverse: Circuit {
        var inverse = Circuit(
            qubitCount: qubitCount, parameterCount: parameterCount, featureCount: featureCount)
        for gate in gates.reversed() {
            inverse.appendUnchecked(
                gate.replacingAngle { angle in
                    let degree = angle.parameters.count + angle.features.count
                    return degree.isMultiple(of: 2) ? -1 * angle : angle
                })
        }
        return inverse
    }

    /// This circuit, then `other`, whose angles are numbered after this one's.
    func followed(by other: Circuit) -> Circuit {
        var circuit = Circuit(
            qubitCount: qubitCount, parameterCount: parameterCount + other.parameterCount,
            featureCount: featureCount + other.featureCount)
        for gate in gates { circuit.appendUnchecked(gate) }
        for gate in other.gates {
            circuit.appendUnchecked(
                gate.replacingAngle { $0.shifted(parameters: parameterCount, features: featureCount) })
        }
        return circuit
    }
}

extension PauliString {
    /// Every product of Pauli operators on `qubits` qubits, the identity left out.
    static func all(qubits: Int) -> [PauliString] {
        let operators: [Pauli?] = [nil] + Pauli.allCases
        var strings: [[(qubit: Int, pauli: Pauli)]] = [[]]
        for qubit in 0..<qubits {
            strings = strings.flatMap { string in
                operators.map { pauli in pauli.map { string + [(qubit, $0)] } ?? string }
            }
        }
        return strings.dropFirst().map { PauliString($0) }
    }
}
