/// A named multi-task circuit: an encoding, a task block and where the blocks act.
///
/// Names are part of the public interface; the presets follow arXiv:2604.13560 and arXiv:2409.16593.
public struct Preset: Hashable, Sendable {
    /// Where task blocks act.
    public enum Placement: Hashable, Sendable {
        /// Each task has qubits of its own, one register after the other.
        case local
        /// Every task acts on the first qubits of a narrow encoding.
        case shared(qubits: Int)
    }

    /// How the number of stages comes about.
    public enum Stages: Hashable, Sendable {
        /// Exactly these stages.
        case fixed([EncodingStage])
        /// One stage, repeated until every feature has a place; the whole is run `uploads` times.
        case repeated(EncodingStage, uploads: Int = 1)
        /// No stages: the features are amplitudes.
        case amplitude
    }

    /// The preset's name.
    public internal(set) var name: String
    /// The encoding's stages.
    public var stages: Stages
    /// Which features the data rotations read.
    public var layout: FeatureLayout = .perQubit
    /// The task block.
    public var block: TaskBlock
    /// Where task blocks act.
    public var placement: Placement
    /// The register of a task is at least this wide.
    public var minimumRegister = 1

    /// The paper's circuit, the default: three stages, disjoint registers.
    public static let paper = Preset(
        name: "paper", stages: .fixed(paperStages(trainable: true, entangler: Entangler(.brickwork))),
        block: paperBlock(entangler: Entangler(.linear)), placement: .local)

    /// The paper's circuit without trainable angles in the encoding.
    public static let paperFixedEncoding = Preset(
        name: "paper-fixed-encoding",
        stages: .fixed(paperStages(trainable: false, entangler: Entangler(.brickwork))),
        block: paperBlock(entangler: Entangler(.linear)), placement: .local)

    /// The paper's circuit without any two-qubit gate: the ablation that shows what entanglement is worth.
    public static let separable = Preset(
        name: "separable", stages: .fixed(paperStages(trainable: true, entangler: .none)),
        block: paperBlock(entangler: .none), placement: .local)

    /// Many stages on a few qubits that all tasks share.
    public static let deep = Preset(
        name: "deep",
        stages: .repeated(EncodingStage(data: .y, trainable: [.z, .y], entangler: Entangler(.brickwork))),
        block: TaskBlock(layers: 2, axes: [.y, .z], entangler: Entangler(.linear), closing: [.y]),
        placement: .shared(qubits: 8), minimumRegister: 4)

    /// Two qubits, three inputs on both, read out as Y; dense heads follow (arXiv:2409.16593).
    public static let hqsl = Preset(
        name: "hqsl",
        stages: .fixed([
            EncodingStage(data: .x, trainable: [.z], entangler: Entangler(.linear)),
            EncodingStage(data: .x, trainable: [.y], entangler: Entangler(.linear)),
            EncodingStage(data: .x, trainable: [.z], entangler: .none),
        ]),
        layout: .perStage, block: .none, placement: .shared(qubits: 2), minimumRegister: 2)

    /// The paper's circuit and its ablations.
    public static let paperFamily = [paper, paperFixedEncoding, separable]

    /// All presets.
    public static let all = [paper, paperFixedEncoding, separable, deep, hqsl]

    /// The preset called `name`.
    public init?(named name: String) {
        guard let preset = Self.all.first(where: { $0.name == name }) else { return nil }
        self = preset
    }

    private init(
        name: String, stages: Stages, layout: FeatureLayout = .perQubit, block: TaskBlock,
        placement: Placement, minimumRegister: Int = 1
    ) {
        self.name = name
        self.stages = stages
        self.layout = layout
        self.block = block
        self.placement = placement
        self.minimumRegister = minimumRegister
    }

    private static func paperStages(trainable: Bool, entangler: Entangler) -> [EncodingStage] {
        [
            EncodingStage(data: .x, trainable: trainable ? [.z] : [], entangler: entangler),
            EncodingStage(data: .x, trainable: trainable ? [.y] : [], entangler: entangler),
            EncodingStage(data: .x, trainable: trainable ? [.z] : [], entangler: .none),
        ]
    }

    private static func paperBlock(entangler: Entangler) -> TaskBlock {
        TaskBlock(layers: 1, axes: [.y, .z], entangler: entangler, closing: [.y])
    }
}
