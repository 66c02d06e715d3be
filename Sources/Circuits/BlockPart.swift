/// A part of a task block's layer.
public enum BlockPart: Hashable, Sendable {
    /// The qubits that a part acts on.
    public enum Span: Hashable, Sendable {
        /// All qubits of the register.
        case all
        /// All but the first and the last.
        case inner

        /// The qubits among `0..<count`.
        func qubits(count: Int) -> Range<Int> {
            switch self {
            case .all: 0..<count
            case .inner: count > 2 ? 1..<count - 1 : 0..<0
            }
        }
    }

    /// The Hadamard gate on every qubit.
    case hadamards
    /// Trainable rotations about each axis in turn, by angles of their own on every qubit of the span.
    case rotations([Pauli], Span = .all)
    /// Fixed gates that meet each of their pairs once.
    case entangler(Entangler)
    /// Controlled gates with a direction.
    case coupling(Coupling)

    /// The gates on `0..<count` in layer `layer`; trainable angles are numbered from `firstParameter` in their order.
    func gates(count: Int, layer: Int, firstParameter: Int) -> [Gate] {
        var parameter = firstParameter
        func nextAngle() -> Angle {
            defer { parameter += 1 }
            return .parameter(parameter)
        }
        switch self {
        case .hadamards: return (0..<count).map { .hadamard($0) }
        case .rotations(let axes, let span):
            return axes.flatMap { axis in
                span.qubits(count: count).map { .rotation(axis, $0, nextAngle()) }
            }
        case .entangler(let entangler): return entangler.gates(count: count)
        case .coupling(let coupling):
            return coupling.pairs(count: count, layer: layer).flatMap { control, target -> [Gate] in
                switch coupling.kind {
                case .controlledX: [.controlledX(control: control, target: target)]
                case .controlledZ: [.controlledZ(control, target)]
                case .controlledRotation(let axis):
                    Gate.controlledRotation(axis, control: control, target: target, nextAngle())
                }
            }
        }
    }

    /// The number of trainable angles on `count` qubits; the same in every layer.
    public func parameterCount(qubitCount count: Int) -> Int {
        switch self {
        case .hadamards, .entangler: 0
        case .rotations(let axes, let span): axes.count * span.qubits(count: count).count
        case .coupling(let coupling):
            switch coupling.kind {
            case .controlledX, .controlledZ: 0
            case .controlledRotation: coupling.pairs(count: count).count
            }
        }
    }
}
