import Circuits
import Datasets
import Execution
import Noise
import Randomness

extension Model {
    /// The widest register whose basis states `born` reads: it takes `2^q - 1` expectation values.
    private static let widestBornRegister = 10

    /// The model that `configuration` asks for, for the tasks of `data`.
    ///
    /// - Parameters:
    ///   - configuration: the run's settings.
    ///   - data: what is known of the training data.
    ///   - backend: what computes the circuits of quantum heads; classical heads leave it alone.
    /// - Throws: `TrainingError.invalidConfiguration`, `.invalidCircuit`, `.invalidNoise` or `.unsuitableMetric`.
    public init(
        _ configuration: RunConfiguration, data: DataSummary, backend: any Backend
    ) throws(TrainingError) {
        try configuration.validate()
        for task in data.tasks where !task.metric.suits(task.kind) {
            throw .unsuitableMetric(task: task.name, metric: task.metric, kind: task.kind)
        }
        let head = configuration.head
        let width = configuration.trunk.width
        let shape = ClassicalShape(
            outputCounts: data.tasks.map(\.kind.outputCount), register: head.register, trunkWidth: width)
        var frozen = Philox(seed: configuration.seed, purpose: .frozenWeights)
        let request = HeadDesign.Request(
            configuration: head, width: width, outputCounts: shape.outputCounts, seed: configuration.seed,
            backend: backend)
        let heads: any TaskHeads
        var plan: ExecutionPlan?
        switch head.kind {
        case .quantum:
            try self.init(
                quantum: head, width: width, noise: configuration.noise, data: data, backend: backend)
            return
        case .linear:
            heads = LinearHeads(featureCount: shape.featureCount, outputCount: shape.outputCount)
        case .sliced:
            heads = SlicedHeads(
                widths: try shape.ownWidths(of: head.kind), outputCounts: shape.outputCounts)
        case .bottleneck:
            heads = BottleneckHeads(
                featureCount: shape.featureCount, outputCount: shape.outputCount,
                width: head.width ?? HeadConfiguration.standardWidth)
        case .cp:
            heads = CPHeads(
                widths: try shape.ownWidths(of: head.kind), outputCounts: shape.outputCounts,
                rank: head.rank ?? HeadConfiguration.standardRank)
        case .hypernetwork:
            heads = HypernetworkHeads(
                featureCount: shape.featureCount, outputCounts: shape.outputCounts,
                embedding: head.embedding ?? HeadConfiguration.standardEmbedding)
        case .lora:
            heads = LoRAHeads(
                featureCount: shape.featureCount, outputCounts: shape.outputCounts,
                rank: head.rank ?? HeadConfiguration.standardTaskRank)
        case .lowRank:
            heads = LowRankHeads(
                featureCount: shape.featureCount, outputCount: shape.outputCount,
                rank: head.rank ?? HeadConfiguration.standardRank)
        case .mlp:
            heads = MLPHeads(
                widths: try shape.ownWidths(of: head.kind), outputCounts: shape.outputCounts,
                width: head.width ?? shape.matchedHiddenUnits)
        case .randomFeatures:
            heads = RandomFeatureHeads(
                widths: try shape.ownWidths(of: head.kind), outputCounts: shape.outputCounts,
                width: head.width ?? shape.matchedFrequencies, frozenUsing: &frozen)
        case .vera:
            heads = VeRAHeads(
                featureCount: shape.featureCount, outputCounts: shape.outputCounts,
                rank: head.rank ?? HeadConfiguration.standardFrozenRank,
                frozenUsing: &frozen)
        case .qfnn: (heads, plan) = try HeadDesign.qfnn(request).parts
        case .reservoir: (heads, plan) = try HeadDesign.reservoir(request).parts
        case .residual: (heads, plan) = try HeadDesign.residual(request).parts
        case .shareAndSpecify: (heads, plan) = try HeadDesign.shareAndSpecify(request).parts
        case .sharedCircuit: (heads, plan) = try HeadDesign.sharedCircuit(request).parts
        case .transfer: (heads, plan) = try HeadDesign.transfer(request).parts
        }
        self.init(data: data, heads: heads, givesProbabilities: false, plan: plan)
    }

    private init(
        quantum head: HeadConfiguration, width: Int?, noise: NoiseDescription?, data: DataSummary,
        backend: any Backend
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
        let plan = try Self.plan(circuit, noise: noise)
        self.init(
            data: data,
            heads: QuantumHeads(plan: plan, amplitudes: amplitudes, readout: readout, backend: backend),
            givesProbabilities: isBorn, plan: plan)
    }

    private static func plan(
        _ circuit: MultiTaskCircuit, noise: NoiseDescription?
    ) throws(TrainingError) -> ExecutionPlan {
        guard let noise else { return ExecutionPlan(circuit) }
        do throws(NoiseError) {
            let model = try noise.model(qubitCount: circuit.encoding.qubitCount)
            try model.check(circuit)
            return ExecutionPlan(circuit, noise: model)
        } catch {
            throw .invalidNoise(error)
        }
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
        guard let preset = Preset(named: preset) else {
            preconditionFailure("a validated configuration names a preset")
        }
        return preset.replacing(
            encoding: encoding.flatMap { EncodingTemplate(named: $0) },
            block: block.flatMap { BlockTemplate(named: $0) })
    }
}
