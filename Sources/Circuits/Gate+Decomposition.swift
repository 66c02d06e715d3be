/// Controlled and two-qubit rotations as rotations on one qubit and fixed two-qubit gates.
extension Gate {
    /// `exp(-i a P / 2)` on `target` where `control` is 1, for the axis `P` and angle `a`.
    ///
    /// Two half turns of opposite sign add up to the rotation where the fixed gate between them flips the second, and
    /// cancel elsewhere: Z flips rotations about X and Y, X flips those about Z.
    public static func controlledRotation(
        _ axis: Pauli, control: Int, target: Int, _ angle: Angle
    ) -> [Gate] {
        let flip: Gate =
            switch axis {
            case .x, .y: .controlledZ(control, target)
            case .z: .controlledX(control: control, target: target)
            }
        return [.rotation(axis, target, 0.5 * angle), flip, .rotation(axis, target, -0.5 * angle), flip]
    }

    /// `exp(-i a Z Z / 2)` on two qubits, for the angle `a`.
    public static func rotationZZ(_ first: Int, _ second: Int, _ angle: Angle) -> [Gate] {
        let parity = Gate.controlledX(control: first, target: second)
        return [parity, .rotation(.z, second, angle), parity]
    }
}
