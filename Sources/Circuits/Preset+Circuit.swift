extension Preset {
    /// Sizes that differ from the preset's own.
    public struct Sizes: Hashable, Sendable, Codable {
        /// Qubits of the encoding; only for shared placement.
        public var qubits: Int?
        /// Features `d`; by default as many as the encoding has places for, or `3 sum_t q_t` where stages repeat.
        public var features: Int?
        /// The least width of a task's register.
        public var register: Int?
        /// Layers `m` of the task block.
        public var layers: Int?

        /// Sizes, each nil for the preset's own.
        public init(qubits: Int? = nil, features: Int? = nil, register: Int? = nil, layers: Int? = nil) {
            self.qubits = qubits
            self.features = features
            self.register = register
            self.layers = layers
        }
    }

    /// The number of features under the capacity-matched rule, `3 sum_t q_t`, for tasks of these output counts.
    public static func matchedFeatureCount(outputs: [Int]) -> Int {
        3 * outputs.reduce(0) { $0 + Observables.registerSize(outputCount: $1) }
    }

    /// The preset's circuit for tasks with `outputs[t]` outputs (1 for binary and regression, else classes).
    /// - Throws: `CircuitError` when the sizes do not fit each other.
    public func circuit(
        outputs: [Int], sizes: Sizes = Sizes(), observables: Observables = .expectations
    ) throws(CircuitError) -> MultiTaskCircuit {
        let given = [
            ("qubits", sizes.qubits), ("features", sizes.features), ("register", sizes.register),
            ("layers", sizes.layers), ("the number of tasks", outputs.count),
        ]
        for (name, size) in given {
            if let size, size < 1 { throw .invalidSize(name: name, value: size) }
        }
        var block = block
        if let layers = sizes.layers, block != .none { block.layers = layers }

        let widths = try registerSizes(outputs: outputs, sizes: sizes)
        let qubitCount = qubitCount(widths: widths, sizes: sizes)
        let encoding: Circuit
        let stageCount: Int
        if let amplitudes = try amplitudeEncoding(outputs: outputs, sizes: sizes) {
            (encoding, stageCount) = (amplitudes.circuit, 1)
        } else {
            let stages = try self.encoding(
                outputs: outputs, qubitCount: qubitCount, features: sizes.features)
            (encoding, stageCount) = (stages.circuit, stages.stageCount)
        }

        if layout == .perStage {  // one readout of Y on each qubit, which every task's dense net reads
            let readout = try TaskCircuit(
                register: Array(0..<qubitCount), block: block.circuit(qubitCount: qubitCount),
                observables: (0..<qubitCount).map { .all(.y, on: [$0]) })
            return try MultiTaskCircuit(encoding: encoding, stageCount: stageCount, tasks: [readout])
        }

        var circuits: [Int: Circuit] = [:]
        for width in Set(widths) { circuits[width] = block.circuit(qubitCount: width) }
        var tasks: [TaskCircuit] = []
        var firstQubit = 0
        for (outputCount, width) in zip(outputs, widths) {
            tasks.append(
                try TaskCircuit(
                    register: Array(firstQubit..<firstQubit + width), block: circuits[width]!,
                    observables: observables.list(outputCount: outputCount, registerSize: width)))
            if placement == .local { firstQubit += width }
        }
        return try MultiTaskCircuit(encoding: encoding, stageCount: stageCount, tasks: tasks)
    }

    /// The map from features to the angles that the circuit of the same arguments reads; nil where features are angles.
    /// - Throws: `CircuitError` when the features do not fit the qubits.
    public func amplitudeEncoding(
        outputs: [Int], sizes: Sizes = Sizes()
    ) throws(CircuitError) -> AmplitudeEncoding? {
        switch stages {
        case .fixed, .repeated: return nil
        case .amplitude:
            let widths = try registerSizes(outputs: outputs, sizes: sizes)
            return try AmplitudeEncoding(
                featureCount: sizes.features ?? Self.matchedFeatureCount(outputs: outputs),
                qubitCount: qubitCount(widths: widths, sizes: sizes))
        }
    }

    private func qubitCount(widths: [Int], sizes: Sizes) -> Int {
        switch placement {
        case .local: widths.reduce(0, +)
        case .shared(let qubits): sizes.qubits ?? qubits
        }
    }

    private func registerSizes(outputs: [Int], sizes: Sizes) throws(CircuitError) -> [Int] {
        if layout == .perStage { return [] }  // one readout of all qubits, whatever the tasks are
        let least = outputs.map { Observables.registerSize(outputCount: $0) }
        switch placement {
        case .local: return least.map { max($0, sizes.register ?? minimumRegister) }
        case .shared(let qubits):
            let available = sizes.qubits ?? qubits
            let wanted = sizes.register ?? min(minimumRegister, available)
            for (task, width) in least.enumerated() where max(width, wanted) > available {
                throw .invalidRegister(
                    qubits: max(width, wanted), lowerBound: width, upperBound: available, task: task)
            }
            return least.map { max($0, wanted) }
        }
    }

    private func encoding(outputs: [Int], qubitCount: Int, features: Int?) throws(CircuitError) -> Encoding {
        let stageList: [EncodingStage]
        let featureCount: Int
        var uploads = 1
        switch stages {
        case .fixed(let list):
            let places = list.reduce(0) { $0 + $1.dataAxes.count }
            let capacity = layout == .perQubit ? places * qubitCount : places
            featureCount = features ?? capacity
            guard featureCount <= capacity else {
                throw .tooManyFeatures(count: featureCount, capacity: capacity, encoding: name)
            }
            stageList = list
        case .repeated(let stage, let times):
            featureCount = features ?? Self.matchedFeatureCount(outputs: outputs)
            let places = stage.dataAxes.count * qubitCount
            stageList = Array(repeating: stage, count: (featureCount + places - 1) / places)
            uploads = times
        case .amplitude: preconditionFailure("amplitudes have no stages")
        }
        return Encoding(
            qubitCount: qubitCount, featureCount: featureCount, stages: stageList, layout: layout,
            uploads: uploads)
    }
}
