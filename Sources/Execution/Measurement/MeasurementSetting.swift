import Circuits

/// Observables that one measurement of every qubit gives together: on each qubit they agree in the operator.
struct MeasurementSetting {
    /// The measured qubits of the register, ascending.
    let qubits: [Int]
    /// What is measured on each of them.
    let axes: [Pauli]
    /// The observables, by number, and the measured qubits that each is a product of, as bits.
    let members: [(observable: Int, mask: Int)]

    /// Settings that together measure `observables`, each put into the first setting it fits.
    static func covering(_ observables: [PauliString]) -> [MeasurementSetting] {
        var settings: [(axes: [Int: Pauli], members: [Int])] = []
        for (index, observable) in observables.enumerated() {
            let fitting = settings.firstIndex { setting in
                observable.factors.allSatisfy { setting.axes[$0.qubit, default: $0.pauli] == $0.pauli }
            }
            if fitting == nil { settings.append(([:], [])) }
            let place = fitting ?? settings.count - 1
            for factor in observable.factors { settings[place].axes[factor.qubit] = factor.pauli }
            settings[place].members.append(index)
        }
        return settings.map { setting in
            let qubits = setting.axes.keys.sorted()
            return MeasurementSetting(
                qubits: qubits, axes: qubits.map { setting.axes[$0]! },
                members: setting.members.map { index in
                    (
                        index,
                        observables[index].factors.reduce(0) { $0 | 1 << qubits.firstIndex(of: $1.qubit)! }
                    )
                })
        }
    }

    /// The product of the measured operators in `mask`.
    func product(_ mask: Int) -> PauliString {
        PauliString(qubits.indices.filter { mask >> $0 & 1 == 1 }.map { (qubits[$0], axes[$0]) })
    }

    /// The probability of every outcome from the expectation values of all products; outcome bit `i` is qubit `i`'s.
    ///
    /// `p(b) = 2^-k sum_S (-1)^(b . S) E_S`, a Walsh-Hadamard transform.
    func probabilities(_ product: (_ mask: Int) -> Double) -> [Double] {
        let count = 1 << qubits.count
        var values = (0..<count).map { $0 == 0 ? 1 : product($0) }
        for bit in qubits.indices {
            for index in 0..<count where index >> bit & 1 == 0 {
                let (plus, minus) = (values[index], values[index | 1 << bit])
                values[index] = plus + minus
                values[index | 1 << bit] = plus - minus
            }
        }
        // Rounding may leave a probability below zero.
        return values.map { max(0, $0 / Double(count)) }
    }
}
