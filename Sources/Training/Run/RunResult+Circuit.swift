import Circuits

extension RunResult.CircuitSize {
    /// The size of `circuit` as written.
    public init(_ circuit: MultiTaskCircuit) {
        self.init(ResourceCount(of: circuit))
    }

    /// The size that `count` tells.
    public init(_ count: ResourceCount) {
        self.init(
            qubits: count.qubits, stages: count.stages, depth: count.depth,
            oneQubitGates: count.oneQubitGates, twoQubitGates: count.twoQubitGates)
    }
}
