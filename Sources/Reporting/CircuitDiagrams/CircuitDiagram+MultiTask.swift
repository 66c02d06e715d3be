import Circuits

extension CircuitDiagram {
    /// Encoding columns beyond this many are left out.
    private static let columnLimit = 36

    /// The drawing of a multi-task circuit.
    ///
    /// A circuit of at most `wireLimit` qubits is drawn in full, with every task block where tasks have qubits of their own and
    /// with one where they share them. Of a wider circuit, one task's register is drawn with the gates it depends on (its
    /// causal cone); `note` says so.
    /// - Parameters:
    ///   - taskNames: the tasks' names in order; tasks without one are numbered.
    ///   - task: the task to draw where only one is; by default the one with the widest register.
    public init(
        _ circuit: MultiTaskCircuit, taskNames: [String] = [], task: Int? = nil, wireLimit: Int = 12
    ) {
        precondition(wireLimit > 0, "a drawing needs a wire")
        let names = circuit.tasks.indices.map {
            taskNames.indices.contains($0) ? taskNames[$0] : "task \($0)"
        }
        let widest = circuit.tasks.indices.max {
            (circuit.tasks[$0].register.count, $1) < (circuit.tasks[$1].register.count, $0)
        }
        let chosen = task ?? widest ?? 0
        let isWide = circuit.encoding.qubitCount > wireLimit
        let registers = circuit.tasks.map(\.register)
        let registersOverlap = Set(registers.joined()).count < registers.reduce(0) { $0 + $1.count }
        let drawnTasks =
            (isWide || registersOverlap) && !circuit.tasks.isEmpty ? [chosen] : Array(circuit.tasks.indices)

        var encodingGates = circuit.encoding.gates
        var qubits = Array(0..<circuit.encoding.qubitCount)
        var sentences: [String] = []
        if isWide, let task = circuit.tasks.indices.contains(chosen) ? circuit.tasks[chosen] : nil {
            let cone = Self.cone(of: task, in: circuit.encoding)
            encodingGates = cone.gates.map { circuit.encoding.gates[$0] }
            let seen = Set(cone.support.keys).union(task.register).union(encodingGates.flatMap(\.qubits))
                .sorted()
            qubits = Self.window(of: seen, around: task.register, limit: wireLimit)
            sentences.append(
                """
                The circuit has \(NumberText.count(circuit.encoding.qubitCount)) qubits and \
                \(NumberText.plural(circuit.tasks.count, "task")); drawn is what task \u{201C}\(names[chosen])\u{201D} \
                depends on: \(NumberText.plural(seen.count, "qubit")) and \(NumberText.count(encodingGates.count)) of \
                the encoding's \(NumberText.count(circuit.encoding.gates.count)) gates.
                """)
            if qubits.count < seen.count {
                sentences.append(
                    "Of these qubits \(qubits.count) are drawn; gates that reach the others are left out.")
            }
        } else if drawnTasks.count < circuit.tasks.count {
            sentences.append(
                """
                The \(NumberText.count(circuit.tasks.count)) tasks read the same encoding, each through a block of its own; \
                drawn is the block of task \u{201C}\(names[chosen])\u{201D}.
                """)
        }

        var layout = ColumnLayout(qubits: qubits)
        layout.beginSection("shared encoding")
        for gate in encodingGates { layout.place(symbols(of: gate) { angleName($0, letter: "φ") }) }
        let encodingColumns = layout.columnCount
        if encodingColumns > Self.columnLimit {
            layout.cut(at: Self.columnLimit)
            sentences.append(
                "The first \(Self.columnLimit) of the encoding's \(encodingColumns) columns of gates are drawn."
            )
        }
        if drawnTasks.contains(where: { !circuit.tasks[$0].block.gates.isEmpty }) {
            layout.beginSection(drawnTasks.count == 1 ? "task block" : "task blocks")
            for index in drawnTasks {
                let register = circuit.tasks[index].register
                for gate in circuit.tasks[index].block.gates {
                    layout.place(
                        symbols(of: gate.relabelled { register[$0] }) { angleName($0, letter: "α") })
                }
            }
        }
        self.init(
            qubits: qubits, operations: layout.operations, sections: layout.sections,
            ellipsisColumn: layout.ellipsisColumn,
            readouts: drawnTasks.map { Self.readout(circuit.tasks[$0], name: names[$0], qubits: qubits) },
            note: sentences.joined(separator: " "))
    }

    private static func cone(of task: TaskCircuit, in encoding: Circuit) -> LightCone {
        let measured = task.observables.flatMap(\.factors).map { ($0.qubit, Support.axis($0.pauli)) }
        let block = LightCone(
            of: task.block, support: Dictionary(measured) { $0.union($1) }, startsAtZero: false)
        let support = block.support.map { (task.register[$0.key], $0.value) }
        return LightCone(of: encoding, support: Dictionary(uniqueKeysWithValues: support), startsAtZero: true)
    }

    private static func window(of qubits: [Int], around register: [Int], limit: Int) -> [Int] {
        guard qubits.count > limit else { return qubits }
        let first = register.min().flatMap { qubits.firstIndex(of: $0) } ?? 0
        let start = min(max(0, first - max(0, limit - register.count) / 2), qubits.count - limit)
        return Array(qubits[start..<start + limit])
    }

    private static func readout(_ task: TaskCircuit, name: String, qubits: [Int]) -> Readout {
        let texts = task.observables.map { observable in
            observable.factors.map { $0.pauli.rawValue + subscripted(task.register[$0.qubit]) }.joined()
        }
        let shown = texts.prefix(4).joined(separator: ", ")
        return Readout(
            wires: task.register.compactMap { qubits.firstIndex(of: $0) }.sorted(), task: name,
            observables: texts.count > 4 ? "\(shown), … (\(texts.count))" : shown)
    }
}
