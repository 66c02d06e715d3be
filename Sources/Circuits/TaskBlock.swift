/// The template of a task block: layers of trainable rotations and an entangler, then closing rotations.
public struct TaskBlock: Hashable, Sendable {
    /// The number of layers `m`.
    public var layers: Int
    /// The axes of a layer's rotations on every qubit, first to last.
    public var axes: [Pauli]
    /// The two-qubit gates that end a layer.
    public var entangler: Entangler
    /// The axes of the closing rotations on every qubit.
    public var closingAxes: [Pauli]

    /// A template.
    public init(layers: Int, axes: [Pauli], entangler: Entangler, closing closingAxes: [Pauli]) {
        self.layers = layers
        self.axes = axes
        self.entangler = entangler
        self.closingAxes = closingAxes
    }

    /// No gates: the encoded state is read out as it is.
    public static let none = TaskBlock(layers: 0, axes: [], entangler: .none, closing: [])

    /// The block on a register of `qubitCount` qubits; angles are numbered by layer, then axis, then qubit.
    public func circuit(qubitCount: Int) -> Circuit {
        let parameterCount = (layers * axes.count + closingAxes.count) * qubitCount
        var circuit = Circuit(qubitCount: qubitCount, parameterCount: parameterCount)
        var parameter = 0
        func rotate(_ axis: Pauli, _ circuit: inout Circuit) {
            for qubit in 0..<qubitCount {
                circuit.appendUnchecked(.rotation(axis, qubit, .parameter(parameter)))
                parameter += 1
            }
        }
        for _ in 0..<layers {
            for axis in axes { rotate(axis, &circuit) }
            for gate in entangler.gates(count: qubitCount) { circuit.appendUnchecked(gate) }
        }
        for axis in closingAxes { rotate(axis, &circuit) }
        return circuit
    }
}
