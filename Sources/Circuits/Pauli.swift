/// A Pauli operator other than the identity; also the axis of a rotation.
public enum Pauli: String, Hashable, Sendable, CaseIterable, Codable {
    case x = "X"
    case y = "Y"
    case z = "Z"
}

/// A product of Pauli operators on distinct qubits: an observable with eigenvalues -1 and 1.
public struct PauliString: Hashable, Sendable {
    /// One factor of the product.
    public struct Factor: Hashable, Sendable {
        /// The qubit acted on.
        public let qubit: Int
        /// The operator.
        public let pauli: Pauli
    }

    /// The factors, by ascending qubit.
    public let factors: [Factor]

    /// The product of `factors`; a qubit may occur once.
    public init(_ factors: [(qubit: Int, pauli: Pauli)]) {
        self.factors = factors.map { Factor(qubit: $0.qubit, pauli: $0.pauli) }
            .sorted { $0.qubit < $1.qubit }
        precondition(Set(self.factors.map(\.qubit)).count == factors.count, "one factor per qubit")
    }

    /// Z on one qubit.
    public static func z(_ qubit: Int) -> PauliString { PauliString([(qubit, .z)]) }

    /// The same operator on one qubit, or on each of several.
    public static func all(_ pauli: Pauli, on qubits: [Int]) -> PauliString {
        PauliString(qubits.map { ($0, pauli) })
    }

    /// The string with every qubit `i` replaced by `map(i)`.
    public func relabelled(_ map: (Int) -> Int) -> PauliString {
        PauliString(factors.map { (map($0.qubit), $0.pauli) })
    }
}

extension PauliString: CustomStringConvertible {
    /// For instance `Z0` or `X2*X3`.
    public var description: String {
        factors.map { "\($0.pauli.rawValue)\($0.qubit)" }.joined(separator: "*")
    }

    /// Reads the form of `description`; nil where `text` has another form or repeats a qubit.
    public init?(_ text: String) {
        var factors: [(qubit: Int, pauli: Pauli)] = []
        for part in text.split(separator: "*", omittingEmptySubsequences: false) {
            guard let letter = part.first, let pauli = Pauli(rawValue: String(letter)),
                let qubit = Int(part.dropFirst()), qubit >= 0, !factors.contains(where: { $0.qubit == qubit })
            else { return nil }
            factors.append((qubit, pauli))
        }
        self.init(factors)
    }
}
