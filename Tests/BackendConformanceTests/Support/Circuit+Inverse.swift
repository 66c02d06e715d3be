import Circuits

extension Circuit {
    /// The circuit that undoes this one when each of its angles is the negative of this one's.
    var inverse: Circuit {
        var inverse = Circuit(
            qubitCount: qubitCount, parameterCount: parameterCount, featureCount: featureCount)
        for gate in gates.reversed() {
            if case .rotation(let axis, let qubit, .constant(let angle)) = gate {
                inverse.appendUnchecked(.rotation(axis, qubit, .constant(-angle)))
            } else {
                inverse.appendUnchecked(gate)
            }
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
            circuit.appendUnchecked(gate.shifted(parameters: parameterCount, features: featureCount))
        }
        return circuit
    }
}

extension Gate {
    /// The gate with the indices of its angle moved up.
    func shifted(parameters: Int, features: Int = 0) -> Gate {
        switch self {
        case .rotation(let axis, let qubit, .parameter(let index)):
            .rotation(axis, qubit, .parameter(index + parameters))
        case .rotation(let axis, let qubit, .feature(let index)):
            .rotation(axis, qubit, .feature(index + features))
        case .rotation(_, _, .constant), .hadamard, .pauli, .controlledZ, .controlledX: self
        }
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
