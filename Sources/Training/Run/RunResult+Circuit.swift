import Circuits

extension RunResult.CircuitSize {
    /// The size of `circuit` as written.
    public init(_ circuit: MultiTaskCircuit) {
        let count = ResourceCount(of: circuit)
        self.init(
            qubits: count.qubits, stages: count.stages, depth: count.depth,
            oneQubitGates: count.oneQubitGates, twoQubitGates: count.twoQubitGates)
    }
}
