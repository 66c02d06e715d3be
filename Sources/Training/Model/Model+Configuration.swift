import Circuits
import Datasets
import Execution

extension Model {
    /// The widest register whose basis states `born` reads: it takes `2^q - 1` expectation values.
    private static let widestBornRegister = 10

    /// The model that `configuration` asks for, for the tasks of `data`.
    ///
    /// - Parameters:
    ///   - configuration: the run's settings.
    ///   - data: what is known of the training data.
    ///   - backend: what computes the circuits of quantum heads; classical heads leave it alone.
    /// - Throws: `TrainingError.invalidConfiguration`, `.invalidCircuit` or `.unsuitableMetric`.
    public init(
        _ configuration: RunConfiguration, data: DataSummary, backend: any Backend
    ) throws(TrainingError) {
        try configuration.validate()
        for task in data.tasks where !task.metric.suits(task.kind) {
            throw .unsuitableMetric(task: task.name, metric: task.metric, kind: task.kind)
        }
        let head = configuration.head
        let outputCounts = data.tasks.map(\.kind.outputCount)
        switch head.kind {
        case .quantum:
            try self.init(quantum: head, width: configuration.trunk.width, data: data, backend: backend)
        case .linear:
            let widths = Self.ownWidths(outputCounts: outputCounts, register: head.register)
            self.init(
                data: data,
                heads: LinearHeads(
                    featureCount: configuration.trunk.width ?? widths.reduce(0, +),
                    outputCount: outputCounts.reduce(0, +)),
                givesProbabilities: false, plan: nil)
        case .sliced:
            let widths = Self.ownWidths(outputCounts: outputCounts, register: head.register)
            let total = widths.reduce(0, +)
            if let width = configuration.trunk.width, width != total {
                throw .invalidConfiguration(
                    key: "trunk.width",
                    problem: "is \(width), but sliced heads read \(total) features here; leave it null")
            }
            self.init(
                data: data, heads: SlicedHeads(widths: widths, outputCounts: outputCounts),
                givesProbabilities: false, plan: nil)
        }
    }

    /// The features `3 q_t` of each task under the capacity-matched rule.
    private static func ownWidths(outputCounts: [Int], register: Int?) -> [Int] {
        outputCounts.map { 3 * max(Observables.registerSize(outputCount: $0), register ?? 1) }
    }

    private init(
        quantum head: HeadConfiguration, width: Int?, data: DataSummary, backend: any Backend
    ) throws(TrainingError) {
        let preset = head.circuitPreset
        let outputCounts = data.tasks.map(\.kind.outputCount)
        let readsDensely = preset.layout == .perStage
        let isBorn = head.readout == .born && !readsDensely
        let sizes = Preset.Sizes(
            qubits: head.qubits, features: width, register: head.register, layers: head.layers)
        if isBorn { try Self.checkBornRegisters(outputCounts: outputCounts, register: head.register) }
        let circuit: MultiTaskCircuit
        let amplitudes: AmplitudeEncoding?
        do {
            amplitudes = try preset.amplitudeEncoding(outputs: outputCounts, sizes: sizes)
            circuit = try preset.circuit(
                outputs: outputCounts, sizes: sizes,
                observables: isBorn ? .probabilities : .expectations)
        } catch {
            throw .invalidCircuit(error)
        }
        let readout: any ExpectationReadout =
            if readsDensely {
                DenseReadout(expectationCount: circuit.readoutCount, outputCounts: outputCounts)
            } else {
                switch head.readout {
                case .scaled: ScaledReadout(expectationCount: circuit.readoutCount)
                case .logit: LogitReadout(expectationCount: circuit.readoutCount)
                case .born:
                    BornReadout(outputCounts: outputCounts, expectationCounts: circuit.readouts.map(\.count))
                }
            }
        let plan = ExecutionPlan(circuit)
        self.init(
            data: data,
            heads: QuantumHeads(plan: plan, amplitudes: amplitudes, readout: readout, backend: backend),
            givesProbabilities: isBorn, plan: plan)
    }

    private static func checkBornRegisters(outputCounts: [Int], register: Int?) throws(TrainingError) {
        for count in outputCounts where count > 1 {
            let width = max(Observables.registerSize(outputCount: count), register ?? 1)
            guard width <= widestBornRegister else {
                throw .invalidConfiguration(
                    key: "head.readout",
                    problem: "is born, which reads all basis states of a register, but a task of \(count) "
                        + "classes has \(width) qubits; use scaled or logit")
            }
        }
    }
}

extension HeadConfiguration {
    /// The preset with the encoding and the block that are chosen beside it.
    fileprivate var circuitPreset: Preset {
        guard var preset = Preset(named: preset) else {
            preconditionFailure("a validated configuration names a preset")
        }
        if let template = encoding.flatMap({ EncodingTemplate(named: $0) }) {
            preset.stages = template.stages
        }
        if let template = block.flatMap({ BlockTemplate(named: $0) }) { preset.block = template.block }
        return preset
    }
}
