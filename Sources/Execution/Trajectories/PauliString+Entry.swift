import Circuits
import Noise

extension PauliString {
    /// The product at an index of the Pauli basis: a base-4 digit (I, X, Y, Z) a qubit.
    init(entry: Int) {
        var factors: [(qubit: Int, pauli: Pauli)] = []
        var (rest, qubit) = (entry, 0)
        while rest > 0 {
            if let pauli = Pauli.allCases.first(where: { $0.digit == rest & 3 }) {
                factors.append((qubit, pauli))
            }
            (rest, qubit) = (rest >> 2, qubit + 1)
        }
        self.init(factors)
    }

    /// The qubits it acts on, as bits.
    var qubits: Int { factors.reduce(0) { $0 | 1 << $1.qubit } }

    /// The product with an operator on a further qubit.
    func times(_ pauli: Pauli, on qubit: Int) -> PauliString {
        PauliString(factors.map { ($0.qubit, $0.pauli) } + [(qubit, pauli)])
    }
}
