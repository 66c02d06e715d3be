/// Controlled gates within a block's layer: which qubits control which, in which order, and by what gate.
///
/// An `Entangler` has fixed gates that meet each pair of qubits once; here direction matters and gates may be trainable.
public struct Coupling: Hashable, Sendable {
    /// The gate between control and target.
    public enum Kind: Hashable, Sendable {
        /// A controlled Pauli operator X or Z.
        case controlledX, controlledZ
        /// A controlled rotation about an axis by a trainable angle of its own.
        case controlledRotation(Pauli)
    }

    /// Which qubits control which, in order, on `n` qubits.
    public enum Pattern: Hashable, Sendable {
        /// `n-1` controls `n-2`, then `n-2` controls `n-3`, ..., 1 controls 0.
        case descendingLine
        /// `n-2` controls `n-1`, ..., then 0 controls 1.
        case reversedLine
        /// 1 controls 0, 3 controls 2, ...
        case evenPairs
        /// 2 controls 1, 4 controls 3, ...
        case oddPairs
        /// `n-1` controls 0, `n-2` controls `n-1`, ..., 0 controls 1.
        case ringOfSuccessors
        /// `n-1` controls `n-2`, 0 controls `n-1`, 1 controls 0, ..., `n-2` controls `n-3`.
        case ringOfPredecessors
        /// `i` controls `i + r` modulo `n`, for every qubit, where layer `l` has `r = 1 + l mod (n - 1)`.
        case ringOfGrowingRange
        /// Every qubit controls every other, from the last control and the last target down.
        case everyOrderedPair
    }

    /// Which qubits control which.
    public var pattern: Pattern
    /// The gate between them.
    public var kind: Kind

    /// A coupling.
    public init(_ pattern: Pattern, _ kind: Kind) {
        self.pattern = pattern
        self.kind = kind
    }

    /// Controls and targets among `0..<count`, in the order of their gates, in layer `layer` of a block.
    public func pairs(count: Int, layer: Int = 0) -> [(control: Int, target: Int)] {
        guard count > 1 else { return [] }
        let all = 0..<count
        switch pattern {
        case .descendingLine: return all.dropFirst().reversed().map { ($0, $0 - 1) }
        case .reversedLine: return all.dropLast().reversed().map { ($0, $0 + 1) }
        case .evenPairs: return all.filter { $0 % 2 == 1 }.map { ($0, $0 - 1) }
        case .oddPairs: return all.dropFirst(2).filter { $0 % 2 == 0 }.map { ($0, $0 - 1) }
        case .ringOfSuccessors: return all.reversed().map { ($0, ($0 + 1) % count) }
        case .ringOfPredecessors:
            return all.map { (($0 + count - 1) % count, ($0 + count - 2) % count) }
        case .ringOfGrowingRange:
            let range = 1 + layer % (count - 1)
            return all.map { ($0, ($0 + range) % count) }
        case .everyOrderedPair:
            return all.reversed().flatMap { control in
                all.reversed().filter { $0 != control }.map { (control, $0) }
            }
        }
    }
}
