import Circuits

/// What simulators run: every gate is a product of these up to a global phase.
enum Primitive {
    /// `exp(-i a P / 2)`.
    case rotation(Pauli, Int, Angle)
    /// Z on one qubit where the other is 1.
    case controlledZ(Int, Int)
}

extension Gate {
    /// The primitives the gate is a product of, first to last.
    var primitives: [Primitive] {
        switch self {
        case .hadamard(let qubit):  // RX(pi) RY(pi/2) is the Hadamard gate up to a phase
            [.rotation(.y, qubit, .constant(.pi / 2)), .rotation(.x, qubit, .constant(.pi))]
        case .pauli(let pauli, let qubit): [.rotation(pauli, qubit, .constant(.pi))]
        case .rotation(let axis, let qubit, let angle): [.rotation(axis, qubit, angle)]
        case .controlledZ(let first, let second): [.controlledZ(first, second)]
        case .controlledX(let control, let target):  // X = RY(pi/2) Z RY(-pi/2)
            [
                .rotation(.y, target, .constant(-.pi / 2)), .controlledZ(control, target),
                .rotation(.y, target, .constant(.pi / 2)),
            ]
        }
    }
}
