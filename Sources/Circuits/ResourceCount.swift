/// What a multi-task circuit costs on a device: qubits, time steps and gates, as written.
///
/// Where registers are disjoint, one circuit measures every task, and its gates are counted. Where tasks share qubits,
/// a sample needs one circuit per task: depth is that of the deepest, gates are those of the one with most gates.
public struct ResourceCount: Hashable, Sendable {
    /// The number of qubits.
    public let qubits: Int
    /// The number of encoding stages.
    public let stages: Int
    /// The number of time steps when every gate runs as soon as its qubits are free.
    public let depth: Int
    /// The number of gates on one qubit.
    public let oneQubitGates: Int
    /// The number of gates on two qubits.
    public let twoQubitGates: Int
    /// The number of different circuits a sample needs, before measurement bases: 1, or one per task.
    public let circuits: Int

    /// The resources of `circuit`.
    public init(of circuit: MultiTaskCircuit) {
        let encoding = GateCount(circuit.encoding.gates)
        let blocks = circuit.tasks.map { GateCount($0.block.gates) }
        let isMeasuredAtOnce = circuit.hasDisjointRegisters
        let measured =
            isMeasuredAtOnce
            ? blocks.reduce(GateCount(), +) : blocks.max { $0.total < $1.total } ?? GateCount()

        qubits = circuit.encoding.qubitCount
        stages = circuit.stageCount
        depth = Self.depth(of: circuit)
        oneQubitGates = encoding.oneQubit + measured.oneQubit
        twoQubitGates = encoding.twoQubit + measured.twoQubit
        circuits = isMeasuredAtOnce ? 1 : circuit.tasks.count
    }

    /// Blocks on disjoint registers do not delay each other, so either placement is as deep as its deepest task.
    private static func depth(of circuit: MultiTaskCircuit) -> Int {
        var encoded = LayoutFrontier(qubitCount: circuit.encoding.qubitCount, spacing: .qubits)
        for gate in circuit.encoding.gates { _ = encoded.place(gate) }
        var depth = encoded.depth
        for task in circuit.tasks {
            var frontier = encoded
            for gate in task.block.gates { _ = frontier.place(gate.relabelled { task.register[$0] }) }
            depth = max(depth, frontier.depth)
        }
        return depth
    }
}

/// Gates counted by the number of their qubits.
private struct GateCount {
    var oneQubit = 0
    var twoQubit = 0
    var total: Int { oneQubit + twoQubit }

    init() {}

    init(_ gates: [Gate]) {
        twoQubit = gates.count { $0.qubits.count == 2 }
        oneQubit = gates.count - twoQubit
    }

    static func + (left: GateCount, right: GateCount) -> GateCount {
        var sum = left
        sum.oneQubit += right.oneQubit
        sum.twoQubit += right.twoQubit
        return sum
    }
}

extension MultiTaskCircuit {
    /// Whether no two tasks act on the same qubit, so that one circuit measures all of them.
    public var hasDisjointRegisters: Bool {
        let qubits = tasks.flatMap(\.register)
        return Set(qubits).count == qubits.count
    }
}
