/// One encoding shared by all tasks, and a trained block with readouts for each task.
public struct MultiTaskCircuit: Hashable, Sendable {
    /// The shared encoding on all qubits.
    public let encoding: Circuit
    /// The number of encoding stages, for reports.
    public let stageCount: Int
    /// One part per task.
    public let tasks: [TaskCircuit]
    /// Where each task's block angles lie among all trainable angles; the encoding's come first.
    public let blockParameters: [Range<Int>]
    /// Where each task's readouts lie among all readouts.
    public let readouts: [Range<Int>]

    /// An encoding with the tasks that read it.
    /// - Throws: `CircuitError` when a register or an observable does not fit.
    public init(encoding: Circuit, stageCount: Int, tasks: [TaskCircuit]) throws(CircuitError) {
        for task in tasks {
            for qubit in task.register where !(0..<encoding.qubitCount).contains(qubit) {
                throw .qubitOutOfRange(index: qubit, qubitCount: encoding.qubitCount)
            }
        }
        self.init(encoding: encoding, stageCount: stageCount, fitting: tasks)
    }

    /// An encoding with tasks known to fit.
    init(encoding: Circuit, stageCount: Int, fitting tasks: [TaskCircuit]) {
        self.encoding = encoding
        self.stageCount = stageCount
        self.tasks = tasks
        blockParameters = Self.consecutiveRanges(
            from: encoding.parameterCount, counts: tasks.lazy.map(\.block.parameterCount))
        readouts = Self.consecutiveRanges(from: 0, counts: tasks.lazy.map(\.observables.count))
    }

    /// All trainable angles: the encoding's and every block's, dead ones included.
    public var parameterCount: Int { blockParameters.last?.upperBound ?? encoding.parameterCount }

    /// The number of readouts of all tasks.
    public var readoutCount: Int { readouts.last?.upperBound ?? 0 }

    /// The number of feature angles of a sample.
    public var featureCount: Int { encoding.featureCount }

    private static func consecutiveRanges(from start: Int, counts: some Sequence<Int>) -> [Range<Int>] {
        var next = start
        return counts.map { count in
            defer { next += count }
            return next..<next + count
        }
    }
}

/// A task's part of a circuit: its register, its trained block and what is read out.
public struct TaskCircuit: Hashable, Sendable {
    /// The qubits of the circuit that the block acts on; block qubit `i` is `register[i]`.
    public let register: [Int]
    /// The trained block, on `register.count` qubits and without features.
    public let block: Circuit
    /// The observables, on block qubits.
    public let observables: [PauliString]

    /// A task on `register`.
    /// - Throws: `CircuitError` when qubits repeat or block and observables do not fit the register.
    public init(register: [Int], block: Circuit, observables: [PauliString]) throws(CircuitError) {
        for (position, qubit) in register.enumerated() where register[..<position].contains(qubit) {
            throw .repeatedQubit(index: qubit)
        }
        for factor in observables.flatMap(\.factors) where !register.indices.contains(factor.qubit) {
            throw .qubitOutOfRange(index: factor.qubit, qubitCount: register.count)
        }
        precondition(
            block.qubitCount == register.count && block.featureCount == 0, "a block fits its register")
        self.register = register
        self.block = block
        self.observables = observables
    }

    private init(_ task: TaskCircuit, block: Circuit) {
        register = task.register
        self.block = block
        observables = task.observables
    }

    /// The task with another block on the same register.
    func replacing(block: Circuit) -> TaskCircuit { TaskCircuit(self, block: block) }

    /// The observables on the circuit's qubits.
    public var placedObservables: [PauliString] { observables.map { $0.relabelled { register[$0] } } }
}
