import Circuits
import Noise

extension HeadGroup {
    /// An observable as it is measured, in the Pauli basis: the entries that are not zero.
    ///
    /// With wrong readouts a Pauli operator `P` is measured as `scale * P + offset`.
    package func terms(of observable: PauliString) -> [(entry: Int, value: Double)] {
        observable.factors.reduce([(entry: 0, value: 1.0)]) { terms, factor in
            let error = readoutErrors[factor.qubit]
            let digit = factor.pauli.digit << (2 * factor.qubit)
            return terms.flatMap {
                [
                    ($0.entry, $0.value * (error?.offset ?? 0)),
                    ($0.entry | digit, $0.value * (error?.scale ?? 1)),
                ]
            }.filter { $0.1 != 0 }
        }
    }
}
