import Circuits

/// Where the named arrays of a training step lie among a circuit's trainable angles.
///
/// `phi [stages, qubits]` and `theta [stages, qubits]` are the encoding's first and second trainable rotation, `a` and `b`
/// `[tasks, layers, qubits]` those of a block's layer, `c [tasks, qubits]` its closing rotation; a preset has those
/// arrays for which it has rotations.
struct StepArrayLayout: Sendable {
    /// One named array.
    struct Entry: Sendable {
        /// The array's name.
        let name: String
        /// Its shape.
        let shape: [Int]
        /// The trainable angle in each element, row by row.
        let parameters: [Int]
    }

    /// The names of all arrays that some preset has.
    static let names = ["phi", "theta", "a", "b", "c"]

    /// The arrays of the preset.
    let entries: [Entry]

    /// The layout of `circuit`, which is `preset` for tasks of one register size.
    init(_ preset: Preset, circuit: MultiTaskCircuit, layers: Int) {
        let encoding = Self.names(["phi", "theta"], of: preset.encodingAxisCount).enumerated().map {
            axis, name in
            let (stages, qubits) = (circuit.stageCount, circuit.encoding.qubitCount)
            return Entry(
                name: name, shape: [stages, qubits],
                parameters: (0..<stages).flatMap { stage in
                    (0..<qubits).map { (stage * preset.encodingAxisCount + axis) * qubits + $0 }
                })
        }
        let (tasks, qubits) = (circuit.tasks.count, circuit.tasks[0].register.count)
        let axisCount = preset.block.axes.count
        func blockAngle(_ task: Int, rotation: Int, qubit: Int) -> Int {
            circuit.blockParameters[task].lowerBound + rotation * qubits + qubit
        }
        let layered = Self.names(["a", "b"], of: axisCount).enumerated().map { axis, name in
            Entry(
                name: name, shape: [tasks, layers, qubits],
                parameters: (0..<tasks).flatMap { task in
                    (0..<layers).flatMap { layer in
                        (0..<qubits).map {
                            blockAngle(task, rotation: layer * axisCount + axis, qubit: $0)
                        }
                    }
                })
        }
        let closing = Self.names(["c"], of: preset.block.closingAxes.count).map { name in
            Entry(
                name: name, shape: [tasks, qubits],
                parameters: (0..<tasks).flatMap { task in
                    (0..<qubits).map { blockAngle(task, rotation: layers * axisCount, qubit: $0) }
                })
        }
        entries = encoding + layered + closing
    }

    private static func names(_ names: [String], of axisCount: Int) -> ArraySlice<String> {
        precondition(axisCount <= names.count, "every rotation of a preset has an array name")
        return names.prefix(axisCount)
    }
}

extension Preset {
    /// The number of trainable rotations on each qubit in each stage of the encoding, the same in all stages.
    var encodingAxisCount: Int {
        switch stages {
        case .repeated(let stage, _): return stage.trainableAxes.count
        case .amplitude: return 0
        case .fixed(let stages):
            let counts = Set(stages.map(\.trainableAxes.count))
            precondition(counts.count == 1, "all stages of a preset have as many trainable rotations")
            return stages[0].trainableAxes.count
        }
    }

    /// The arrays of trainable angles that the preset has, by their names.
    var stepArrayNames: Set<String> {
        var names = Set(["phi", "theta"].prefix(encodingAxisCount))
        if block != .none {
            names.formUnion(["a", "b"].prefix(block.axes.count))
            names.formUnion(["c"].prefix(block.closingAxes.count))
        }
        return names
    }
}
