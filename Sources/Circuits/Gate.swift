/// A gate; qubit 0 is the least significant bit of a basis-state index.
///
/// The enum is closed: a new gate must break every switch over gates.
public enum Gate: Hashable, Sendable {
    /// The Hadamard gate.
    case hadamard(Int)
    /// A Pauli gate.
    case pauli(Pauli, Int)
    /// `exp(-i a P / 2)` for the axis `P` and angle `a`.
    case rotation(Pauli, Int, Angle)
    /// Z on the second qubit where the first is 1; symmetric.
    case controlledZ(Int, Int)
    /// X on `target` where `control` is 1.
    case controlledX(control: Int, target: Int)

    /// The qubits acted on.
    public var qubits: [Int] {
        switch self {
        case .hadamard(let qubit), .pauli(_, let qubit), .rotation(_, let qubit, _): [qubit]
        case .controlledZ(let first, let second): [first, second]
        case .controlledX(let control, let target): [control, target]
        }
    }

    /// The angle of a rotation.
    public var angle: Angle? {
        switch self {
        case .rotation(_, _, let angle): angle
        case .hadamard, .pauli, .controlledZ, .controlledX: nil
        }
    }

    /// The gate with every qubit `i` replaced by `map(i)`.
    public func relabelled(_ map: (Int) -> Int) -> Gate {
        switch self {
        case .hadamard(let qubit): .hadamard(map(qubit))
        case .pauli(let pauli, let qubit): .pauli(pauli, map(qubit))
        case .rotation(let axis, let qubit, let angle): .rotation(axis, map(qubit), angle)
        case .controlledZ(let first, let second): .controlledZ(map(first), map(second))
        case .controlledX(let control, let target):
            .controlledX(control: map(control), target: map(target))
        }
    }

    /// The gate with the angle of a rotation replaced by `map` of it.
    public func replacingAngle(_ map: (Angle) -> Angle) -> Gate {
        switch self {
        case .rotation(let axis, let qubit, let angle): .rotation(axis, qubit, map(angle))
        case .hadamard, .pauli, .controlledZ, .controlledX: self
        }
    }
}
