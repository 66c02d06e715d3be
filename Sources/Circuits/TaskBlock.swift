/// The template of a task block: opening gates, layers, closing gates, on a register of any width.
public struct TaskBlock: Hashable, Sendable {
    /// The number of layers `m`.
    public var layers: Int
    /// What comes before the layers.
    public var opening: [BlockPart]
    /// What a layer consists of, first to last.
    public var layer: [BlockPart]
    /// What comes behind the layers.
    public var closing: [BlockPart]

    /// A template.
    public init(
        layers: Int, opening: [BlockPart] = [], layer: [BlockPart], closing: [BlockPart] = []
    ) {
        self.layers = layers
        self.opening = opening
        self.layer = layer
        self.closing = closing
    }

    /// Layers of trainable rotations on every qubit and an entangler, then closing rotations.
    public init(layers: Int, axes: [Pauli], entangler: Entangler, closing closingAxes: [Pauli]) {
        self.init(
            layers: layers, layer: [.rotations(axes), .entangler(entangler)],
            closing: [.rotations(closingAxes)])
    }

    /// No gates: the encoded state is read out as it is.
    public static let none = TaskBlock(layers: 0, layer: [])

    /// The axes of a layer's rotations on every qubit, first to last.
    public var axes: [Pauli] { Self.axes(of: layer) }

    /// The axes of the closing rotations on every qubit, first to last.
    public var closingAxes: [Pauli] { Self.axes(of: closing) }

    private static func axes(of parts: [BlockPart]) -> [Pauli] {
        parts.flatMap { part -> [Pauli] in
            switch part {
            case .rotations(let axes, .all): axes
            case .rotations(_, .inner), .hadamards, .entangler, .coupling: []
            }
        }
    }

    /// The block on a register of `qubitCount` qubits; angles are numbered in the order of their gates.
    public func circuit(qubitCount: Int) -> Circuit {
        var circuit = Circuit(
            qubitCount: qubitCount, parameterCount: parameterCount(qubitCount: qubitCount))
        var parameter = 0
        func append(_ parts: [BlockPart], layer: Int) {
            for part in parts {
                for gate in part.gates(count: qubitCount, layer: layer, firstParameter: parameter) {
                    circuit.appendUnchecked(gate)
                }
                parameter += part.parameterCount(qubitCount: qubitCount)
            }
        }
        append(opening, layer: 0)
        for layer in 0..<layers { append(self.layer, layer: layer) }
        append(closing, layer: layers)
        return circuit
    }

    /// The number of trainable angles on a register of `qubitCount` qubits.
    public func parameterCount(qubitCount: Int) -> Int {
        func count(_ parts: [BlockPart]) -> Int {
            parts.reduce(0) { $0 + $1.parameterCount(qubitCount: qubitCount) }
        }
        return count(opening) + layers * count(layer) + count(closing)
    }
}
