import Circuits

/// The heads of a run's model.
///
/// Heads ignore the settings that they have no use for, so that one section serves a comparison of all kinds.
public struct HeadConfiguration: Codable, Sendable, Equatable {
    /// The kind of heads.
    public var kind = HeadKind.quantum
    /// The circuit of quantum heads, by its preset's name.
    public var preset = Preset.paper.name
    /// The encoding of quantum heads, by its template's name; nil for the preset's own.
    public var encoding: String?
    /// The task block of quantum heads, by its template's name; nil for the preset's own.
    public var block: String?
    /// How expectation values become outputs; `hqsl` reads them with dense nets instead, heads of prior models in their own
    /// way, classical heads have none.
    public var readout = ReadoutKind.scaled
    /// Qubits of the encoding, or of each circuit of a prior model; nil for their own number; only for presets whose tasks
    /// share qubits.
    public var qubits: Int?
    /// The least width of a task's register; nil for the preset's own; wider ones widen the matched trunk, too.
    public var register: Int?
    /// Layers `m` of a task block, or of a prior model's circuit; nil for the preset's, the block's or the model's own number.
    public var layers: Int?
    /// The rank `r` of low-rank, CP, LoRA and VeRA heads; nil for 8, for 2 in each task's own change of
    /// LoRA, and for 16 frozen directions of VeRA.
    public var rank: Int?
    /// Hidden units of a bottleneck or of each task's net, or each task's random frequencies; nil for a bottleneck of 16 and
    /// for as few of the others as give no fewer parameters than the paper's quantum head has.
    public var width: Int?
    /// The values `e` of a task's embedding in a hypernetwork; nil for 8.
    public var embedding: Int?

    /// The rank of heads that name none.
    public static let standardRank = 8
    /// The rank of each task's change in LoRA that names none.
    public static let standardTaskRank = 2
    /// The frozen directions of VeRA heads that name none: they cost less than trained ones, and each is worth less.
    public static let standardFrozenRank = 16
    /// The hidden units of a bottleneck that names none.
    public static let standardWidth = 16
    /// The values of an embedding that is given no size.
    public static let standardEmbedding = 8

    /// Quantum heads of the default preset.
    public init() {}

    /// Reads a section; what is missing has its default.
    public init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        kind = try keys.value(.kind, default: kind)
        preset = try keys.value(.preset, default: preset)
        encoding = try keys.value(.encoding, default: encoding)
        block = try keys.value(.block, default: block)
        readout = try keys.value(.readout, default: readout)
        qubits = try keys.value(.qubits, default: qubits)
        register = try keys.value(.register, default: register)
        layers = try keys.value(.layers, default: layers)
        rank = try keys.value(.rank, default: rank)
        width = try keys.value(.width, default: width)
        embedding = try keys.value(.embedding, default: embedding)
    }
}
