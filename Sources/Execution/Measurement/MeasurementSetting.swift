import Circuits
import Noise

/// Observables that one measurement of every qubit gives together: on each qubit they agree in the operator.
package struct MeasurementSetting: Sendable {
    /// The measured qubits of the register, ascending.
    package let qubits: [Int]
    /// What is measured on each of them.
    package let axes: [Pauli]
    /// The observables, by number, and the measured qubits that each is a product of, as bits.
    package let members: [(observable: Int, mask: Int)]

    /// Settings that together measure `observables`, each put into the first setting it fits.
    package static func covering(_ observables: [PauliString]) -> [MeasurementSetting] {
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
    package func product(_ mask: Int) -> PauliString {
        PauliString(qubits.indices.filter { mask >> $0 & 1 == 1 }.map { (qubits[$0], axes[$0]) })
    }

    /// The probability of every outcome from the expectation values of all products; outcome bit `i` is qubit `i`'s.
    ///
    /// `p(b) = 2^-k sum_S (-1)^(b . S) E_S`, a Walsh-Hadamard transform.
    package func probabilities(_ product: (_ mask: Int) -> Double) -> [Double] {
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

    /// Mean and variance over outcomes of the product of the measured qubits in `mask`.
    ///
    /// With readout errors to correct, an outcome `r` of a qubit counts `((-1)^r - offset) / scale`, whose mean is that of
    /// the qubit's operator; a readout that tells nothing is left as it is.
    /// - Parameters:
    ///   - shares: Outcomes with their shares, which add up to 1.
    ///   - errors: The readout error of every measured qubit; nil corrects none.
    package func moments(
        _ shares: some Sequence<(offset: Int, element: Double)>, _ mask: Int,
        correcting errors: [ReadoutError?]?
    ) -> (mean: Double, variance: Double) {
        var (mean, square) = (0.0, 0.0)
        for (outcome, share) in shares where share > 0 {
            var value = 1.0
            for bit in qubits.indices where mask >> bit & 1 == 1 {
                let sign: Double = outcome >> bit & 1 == 0 ? 1 : -1
                if let error = errors?[bit], error.scale > 0 {
                    value *= (sign - error.offset) / error.scale
                } else {
                    value *= sign
                }
            }
            mean += share * value
            square += share * value * value
        }
        return (mean, max(0, square - mean * mean))
    }
}
