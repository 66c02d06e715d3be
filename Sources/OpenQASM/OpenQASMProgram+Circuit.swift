import Circuits

extension OpenQASMProgram {
    /// A circuit without trainable angles, whose features become inputs `x0`, `x1`, ..., in radians.
    public init(_ circuit: Circuit) {
        precondition(circuit.parameterCount == 0, "trainable angles are fixed before")
        var lowering = GateLowering()
        for gate in circuit.gates { lowering.append(gate) }
        self.init(
            lowering, qubitCount: circuit.qubitCount, inputs: (0..<circuit.featureCount).map { "x\($0)" })
    }

    init(_ lowering: GateLowering, qubitCount: Int, inputs: [String]) {
        var circuit = Circuit(qubitCount: qubitCount, featureCount: lowering.angles.count)
        for gate in lowering.gates { circuit.appendUnchecked(gate) }
        self.init(circuit: circuit, inputs: inputs, angles: lowering.angles)
    }
}
