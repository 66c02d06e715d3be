import Circuits
import Execution

/// What can be said of a circuit before it is trained; the JSON of `qmtl diagnose`.
public struct Diagnosis: Codable, Sendable, Equatable {
    /// How it was measured.
    public struct Settings: Codable, Sendable, Equatable {
        /// The number of qubits of blocks and presets.
        public var qubits = 4
        /// The number of layers of blocks, and of stages of presets that repeat them.
        public var layers = 1
        /// The number of pairs of random states.
        public var pairs = 5000
        /// The number of bins of their fidelities.
        public var bins = 75
        /// The number of random sets of angles for gradients, Fisher information and Fourier spectra.
        public var draws = 200
        /// The seed of all random angles.
        public var seed: UInt64 = 1

        /// The settings of Sim et al.: four qubits, one layer, 5,000 pairs, 75 bins.
        public init() {}
    }

    /// What was diagnosed, for instance `block sim-6`.
    public let subject: String
    /// How.
    public let settings: Settings
    /// Expressibility and entangling capability.
    public var circuits: [CircuitDescription] = []
    /// Gradient variances against qubits and layers.
    public var gradients: [GradientVariance] = []
    /// The Fisher information of the first task's head.
    public var fisher: FisherInformation?
    /// The Fourier spectrum of the first readout in the first feature.
    public var spectrum: FourierSpectrum?
    /// The bound on generalisation of the first task's readouts.
    public var bound: GeneralizationBound?

    /// The numbers of qubits that gradients are measured at.
    static let gradientQubits = [2, 4, 6, 8, 10]
    /// The numbers of layers that gradients are measured at.
    static let gradientLayers = [1, 2, 4, 8]
    /// The widest circuit whose states are drawn.
    static let widestState = 12

    private init(_ subject: String, _ settings: Settings) {
        self.subject = subject
        self.settings = settings
    }

    /// Every block template and every preset, side by side.
    /// - Throws: `CircuitError` when a preset cannot have that many qubits.
    public static func ofAll(_ settings: Settings) throws(CircuitError) -> Diagnosis {
        var diagnosis = Diagnosis("block templates and presets", settings)
        for template in BlockTemplate.all { diagnosis.describe(template) }
        for preset in Preset.all { try diagnosis.describe(preset) }
        return diagnosis
    }

    /// One block template, with its gradients.
    /// - Throws: `CircuitError`, `BackendError`.
    public static func of(
        _ template: BlockTemplate, _ settings: Settings, backend: any Backend
    ) async throws -> Diagnosis {
        var diagnosis = Diagnosis("block \(template.name)", settings)
        diagnosis.describe(template)
        for isGlobal in [false, true] {
            diagnosis.gradients.append(
                try await GradientVariance(
                    of: template.block, name: template.name, qubits: gradientQubits,
                    layers: gradientLayers, isGlobal: isGlobal, samples: settings.draws,
                    seed: settings.seed, backend: backend))
        }
        return diagnosis
    }

    /// A preset, or one with another encoding or block, with everything that follows from its encoding.
    /// - Throws: `CircuitError`, `BackendError`.
    public static func of(
        _ preset: Preset, _ settings: Settings, backend: any Backend
    ) async throws -> Diagnosis {
        var diagnosis = Diagnosis("preset \(preset.name)", settings)
        try diagnosis.describe(preset)
        diagnosis.gradients = [
            try await GradientVariance(
                of: preset, qubits: gradientQubits, layers: gradientLayers, samples: settings.draws,
                seed: settings.seed, backend: backend)
        ]
        try await diagnosis.examine(
            preset.circuit(binaryTasksOn: settings.qubits, stages: settings.layers), backend: backend)
        return diagnosis
    }

    /// The first task of a circuit as it is, for instance that of a trained run.
    ///
    /// States are drawn of the task's causal cone, and left out where that is wider than 12 qubits.
    /// - Throws: `CircuitError`, `BackendError`.
    public static func of(
        _ circuit: MultiTaskCircuit, subject: String, _ settings: Settings, backend: any Backend
    ) async throws -> Diagnosis {
        var diagnosis = Diagnosis(subject, settings)
        let cone = circuit.cone(ofTask: 0)
        if cone.qubitCount <= widestState {
            diagnosis.describe("first task's cone", cone)
        }
        try await diagnosis.examine(circuit, backend: backend)
        return diagnosis
    }

    private mutating func describe(_ template: BlockTemplate) {
        var block = template.block
        block.layers = settings.layers
        describe(template.name, block.circuit(qubitCount: settings.qubits))
    }

    private mutating func describe(_ preset: Preset) throws(CircuitError) {
        let circuit = try preset.circuit(binaryTasksOn: settings.qubits, stages: settings.layers)
        describe(preset.name, circuit.wholeCircuit ?? circuit.circuit(ofTask: 0))
    }

    private mutating func describe(_ name: String, _ circuit: Circuit) {
        circuits.append(
            CircuitDescription(
                name: name, circuit, pairs: settings.pairs, bins: settings.bins, seed: settings.seed))
    }

    private mutating func examine(_ circuit: MultiTaskCircuit, backend: any Backend) async throws {
        fisher = try await FisherInformation(
            of: circuit, draws: settings.draws, trainingSamples: [1000, 10_000, 100_000, 1_000_000],
            seed: settings.seed, backend: backend)
        if circuit.featureCount > 0 {
            spectrum = try await FourierSpectrum(
                of: circuit, draws: settings.draws, seed: settings.seed, backend: backend)
            bound = GeneralizationBound(of: circuit)
        }
    }
}
