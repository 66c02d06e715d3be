/// A layer of two-qubit gates on `n` qubits.
public struct Entangler: Hashable, Sendable {
    /// Which pairs of qubits meet.
    public enum Pattern: String, Hashable, Sendable, CaseIterable, Codable {
        /// Neighbours on a line, even pairs first, then odd pairs.
        case brickwork
        /// Neighbours on a line, in order.
        case linear
        /// Neighbours on a closed ring, in order; two qubits meet once.
        case ring
        /// Every pair.
        case full
        /// No pair.
        case none
    }

    /// The gate each pair meets in.
    public enum Kind: String, Hashable, Sendable, CaseIterable, Codable {
        case controlledZ = "cz"
        case controlledX = "cx"
    }

    /// Which pairs of qubits meet.
    public var pattern: Pattern
    /// The gate each pair meets in.
    public var kind: Kind

    /// A layer of one kind of gate.
    public init(_ pattern: Pattern, _ kind: Kind = .controlledZ) {
        self.pattern = pattern
        self.kind = kind
    }

    /// No gates.
    public static let none = Entangler(.none)

    /// The pairs of qubits among `0..<count`, in the order of their gates.
    public func pairs(count: Int) -> [(Int, Int)] {
        let line = (0..<max(count - 1, 0)).map { ($0, $0 + 1) }
        switch pattern {
        case .brickwork: return line.filter { $0.0 % 2 == 0 } + line.filter { $0.0 % 2 == 1 }
        case .linear: return line
        case .ring: return count > 2 ? line + [(count - 1, 0)] : line
        case .full:
            return (0..<count).flatMap { first in (first + 1..<max(count, first + 1)).map { (first, $0) } }
        case .none: return []
        }
    }

    /// The gates of the layer on `0..<count`.
    public func gates(count: Int) -> [Gate] {
        pairs(count: count).map { first, second in
            switch kind {
            case .controlledZ: .controlledZ(first, second)
            case .controlledX: .controlledX(control: first, target: second)
            }
        }
    }
}
