import Circuits

/// The heads of a run's model.
public struct HeadConfiguration: Codable, Sendable, Equatable {
    /// The kind of heads.
    public var kind = HeadKind.quantum
    /// The circuit of quantum heads, by its preset's name; classical heads ignore it.
    public var preset = Preset.paper.name
    /// The encoding of quantum heads, by its template's name; nil for the preset's own.
    public var encoding: String?
    /// The task block of quantum heads, by its template's name; nil for the preset's own.
    public var block: String?
    /// How expectation values become outputs; `hqsl` reads them with dense nets instead, classical heads have none.
    public var readout = ReadoutKind.scaled
    /// Qubits of the encoding; nil for the preset's own number; only for presets whose tasks share qubits.
    public var qubits: Int?
    /// The least width of a task's register; nil for the preset's own; wider ones widen the matched trunk, too.
    public var register: Int?
    /// Layers `m` of a task block; nil for the preset's or the block's own number.
    public var layers: Int?

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
    }
}

/// The kinds of heads.
public enum HeadKind: String, Codable, CaseIterable, Sendable {
    /// Expectation values of a multi-task circuit.
    case quantum
    /// One dense linear layer per task over all features.
    case linear
    /// One dense linear layer per task over the task's own `3 q_t` features: the null hypothesis.
    case sliced
}
