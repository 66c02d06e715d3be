extension MultiTaskCircuit {
    /// A circuit of its own for every task, laid side by side on qubits of their own.
    ///
    /// Where tasks have nothing in common but features and some trainable angles, an encoding of `T n` qubits holds all
    /// their circuits, and its blocks are empty. A backend cuts it into the `T` cones of at most `n` qubits, which run one
    /// program where they have one shape: time is linear in `T 2^n`, and no larger state is ever built. A device may run
    /// the parts one after the other on `n` qubits instead. The reference simulator, which cuts nothing, builds all qubits.
    ///
    /// - Parameters:
    ///   - circuits: the tasks' circuits, of one number of qubits; features and trainable angles of one number are the
    ///     same in all of them.
    ///   - stageCount: the number of encoding stages, for reports.
    ///   - observables: what is read of each task's circuit, on its own qubits.
    /// - Throws: `CircuitError.qubitOutOfRange` when an observable does not fit.
    public init(
        sideBySide circuits: [Circuit], stageCount: Int, observables: [[PauliString]]
    ) throws(CircuitError) {
        precondition(circuits.count == observables.count, "one circuit and one list of observables per task")
        let width = circuits.first?.qubitCount ?? 0
        precondition(circuits.allSatisfy { $0.qubitCount == width }, "circuits have one number of qubits")
        var encoding = Circuit(
            qubitCount: width * circuits.count, parameterCount: circuits.map(\.parameterCount).max() ?? 0,
            featureCount: circuits.map(\.featureCount).max() ?? 0)
        for (task, circuit) in circuits.enumerated() {
            for gate in circuit.gates { encoding.appendUnchecked(gate.relabelled { task * width + $0 }) }
        }
        var tasks: [TaskCircuit] = []
        for (task, list) in observables.enumerated() {
            tasks.append(
                try TaskCircuit(
                    register: Array(task * width..<(task + 1) * width), block: Circuit(qubitCount: width),
                    observables: list))
        }
        try self.init(encoding: encoding, stageCount: stageCount, tasks: tasks)
    }

    /// One circuit whose expectation values all tasks read, each with a classical head of its own behind them.
    ///
    /// - Parameters:
    ///   - circuit: the circuit.
    ///   - stageCount: the number of encoding stages, for reports.
    ///   - observables: what is read.
    /// - Throws: `CircuitError.qubitOutOfRange` when an observable does not fit.
    public init(
        common circuit: Circuit, stageCount: Int, observables: [PauliString]
    ) throws(CircuitError) {
        let readout = try TaskCircuit(
            register: Array(0..<circuit.qubitCount), block: Circuit(qubitCount: circuit.qubitCount),
            observables: observables)
        try self.init(encoding: circuit, stageCount: stageCount, tasks: [readout])
    }
}
