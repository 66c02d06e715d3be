import Circuits

extension CircuitDiagram {
    /// Columns of a section beyond this many are left out.
    private static let columnLimit = 36

    /// The picture of a multi-task circuit.
    ///
    /// A circuit of at most `wireLimit` qubits is drawn in full, with every task block where tasks have qubits of their own and
    /// with one where they share them. Of a wider circuit, one task's register is drawn with the gates it depends on (its
    /// causal cone); `note` says so. The one task is that with the widest register.
    /// - Parameters:
    ///   - circuit: the circuit; trainable angles keep their numbers among all of them.
    ///   - taskNames: the tasks' names in order; tasks without one are numbered.
    ///   - wireLimit: the number of wires of the picture, at most.
    public init(_ circuit: MultiTaskCircuit, taskNames: [String] = [], wireLimit: Int = 12) {
        precondition(wireLimit > 0, "a drawing needs a wire")
        let names = circuit.tasks.indices.map { index in
            // Dense heads behind one common readout have no part of the circuit to themselves.
            if circuit.tasks.count == 1, taskNames.count > 1 { return "every task" }
            return taskNames.indices.contains(index) ? taskNames[index] : "task \(index)"
        }
        let widest = circuit.tasks.indices.max {
            (circuit.tasks[$0].register.count, $1) < (circuit.tasks[$1].register.count, $0)
        }
        let encoding: [Gate]
        let tasks: [Int]
        let remark: String
        (qubits, encoding, tasks, remark) =
            if let widest, circuit.encoding.qubitCount > wireLimit {
                Self.cone(of: widest, named: names[widest], in: circuit, wireLimit: wireLimit)
            } else if let widest, !circuit.hasDisjointRegisters {
                (
                    Array(0..<circuit.encoding.qubitCount), circuit.encoding.gates, [widest],
                    """
                    The \(NumberText.count(circuit.tasks.count)) tasks read the same encoding, each through a block of its own; \
                    drawn is the block of task \u{201C}\(names[widest])\u{201D}.
                    """
                )
            } else {
                (
                    Array(0..<circuit.encoding.qubitCount), circuit.encoding.gates,
                    Array(circuit.tasks.indices), ""
                )
            }
        let blocks = tasks.flatMap { Self.block(of: $0, in: circuit) }
        sections = [
            Self.section("shared encoding", encoding, qubits: qubits),
            Self.section(tasks.count == 1 ? "task block" : "task blocks", blocks, qubits: qubits),
        ].filter { !$0.columns.isEmpty }
        let omitted = sections.map(\.omittedColumns).reduce(0, +)
        note =
            omitted == 0
            ? remark
            : (remark
                + " \(NumberText.plural(omitted, "further column")) of gates, marked by an ellipsis, are not drawn.")
                .trimmingPrefix(" ").description
        readouts = tasks.map { [qubits] in Self.readout(circuit.tasks[$0], name: names[$0], qubits: qubits) }
    }

    /// What task `index` of a wide circuit depends on.
    private static func cone(
        of index: Int, named name: String, in circuit: MultiTaskCircuit, wireLimit: Int
    ) -> (qubits: [Int], encoding: [Gate], tasks: [Int], note: String) {
        let task = circuit.tasks[index]
        let measured = task.observables.flatMap(\.factors).map { ($0.qubit, Support.axis($0.pauli)) }
        let block = LightCone(
            of: task.block, support: Dictionary(measured) { $0.union($1) }, startsAtZero: false)
        let support = block.support.map { (task.register[$0.key], $0.value) }
        let cone = LightCone(
            of: circuit.encoding, support: Dictionary(uniqueKeysWithValues: support), startsAtZero: true)
        let gates = cone.gates.map { circuit.encoding.gates[$0] }
        let seen = Set(task.register).union(gates.flatMap(\.qubits)).sorted()
        var note = """
            The circuit has \(NumberText.count(circuit.encoding.qubitCount)) qubits and \
            \(NumberText.plural(circuit.tasks.count, "task")); drawn is what task \u{201C}\(name)\u{201D} depends on: \
            \(NumberText.plural(seen.count, "qubit")) and \(NumberText.count(gates.count)) of the encoding's \
            \(NumberText.count(circuit.encoding.gates.count)) gates.
            """
        let qubits = window(of: seen, around: task.register, limit: wireLimit)
        if qubits.count < seen.count {
            note += " Of these qubits \(qubits.count) have a wire; gates that reach the others are left out."
        }
        return (qubits, gates, [index], note)
    }

    /// At most `limit` of `qubits`, those next to the register.
    private static func window(of qubits: [Int], around register: [Int], limit: Int) -> [Int] {
        guard qubits.count > limit else { return qubits }
        let first = register.min().flatMap { qubits.firstIndex(of: $0) } ?? 0
        let start = min(max(0, first - max(0, limit - register.count) / 2), qubits.count - limit)
        return Array(qubits[start..<start + limit])
    }

    /// The gates of a task's block on the circuit's qubits, its angles numbered among all trainable angles.
    private static func block(of index: Int, in circuit: MultiTaskCircuit) -> [Gate] {
        let task = circuit.tasks[index]
        let offset = circuit.blockParameters[index].lowerBound
        return task.block.gates.map { gate in
            gate.relabelled { task.register[$0] }.replacingAngle { $0.shifted(parameters: offset) }
        }
    }

    private static func section(_ name: String, _ gates: [Gate], qubits: [Int]) -> Section {
        let wires = Dictionary(uniqueKeysWithValues: qubits.enumerated().map { ($1, $0) })
        var drawn = Circuit(qubitCount: qubits.count)
        for gate in gates where gate.qubits.allSatisfy({ wires[$0] != nil }) {
            drawn.appendUnchecked(gate.relabelled { wires[$0]! })
        }
        let columns = CircuitLayout(of: drawn, spacing: .lines).columns
        return Section(
            name: name, columns: Array(columns.prefix(columnLimit)),
            omittedColumns: max(0, columns.count - columnLimit))
    }

    private static func readout(_ task: TaskCircuit, name: String, qubits: [Int]) -> Readout {
        let texts = task.observables.map { observable in
            observable.factors.map { $0.pauli.rawValue + subscripted(task.register[$0.qubit]) }.joined()
        }
        let shown = texts.prefix(3).joined(separator: ", ")
        return Readout(
            wires: task.register.compactMap { qubits.firstIndex(of: $0) }.sorted(), task: name,
            observables: texts.count > 3 ? "\(shown), … (\(texts.count))" : shown)
    }
}
