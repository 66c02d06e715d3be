/// An encoding with a name, which a configuration chooses by `head.encoding`.
///
/// Stages are repeated until every feature has a place. A stage of angles ends with a brickwork of controlled Z, since
/// rotations of one qubit about one axis would only add up.
public struct EncodingTemplate: Hashable, Sendable {
    /// The name; part of the public interface.
    public let name: String
    /// How the number of stages comes about.
    public let stages: Preset.Stages

    /// The template called `name`.
    public init?(named name: String) {
        guard let template = Self.all.first(where: { $0.name == name }) else { return nil }
        self = template
    }

    private init(_ name: String, _ stages: Preset.Stages) {
        self.name = name
        self.stages = stages
    }

    private static func angle(_ axis: Pauli) -> EncodingStage {
        var stage = EncodingStage(data: axis, trainable: [], entangler: Entangler(.brickwork))
        stage.opensWithHadamards = axis == .z  // |0> does not see a rotation about Z
        return stage
    }

    /// One feature for each qubit and stage, as the angle of a rotation about X.
    public static let angleX = EncodingTemplate("angle-x", .repeated(angle(.x)))
    /// One feature for each qubit and stage, as the angle of a rotation about Y.
    public static let angleY = EncodingTemplate("angle-y", .repeated(angle(.y)))
    /// One feature for each qubit and stage, as the angle of a rotation about Z behind a Hadamard gate.
    public static let angleZ = EncodingTemplate("angle-z", .repeated(angle(.z)))

    /// Two features for each qubit and stage: RY, then RZ.
    ///
    /// Source: LaRose, Coyle, *Robust data encodings for quantum classifiers* (arXiv:2003.01695).
    public static let denseAngle = EncodingTemplate(
        "dense-angle", .repeated(EncodingStage(data: [.y, .z], entangler: Entangler(.brickwork))))

    /// Three features for each qubit and stage: RX, RY, RZ.
    public static let denseAngle3 = EncodingTemplate(
        "dense-angle-3", .repeated(EncodingStage(data: [.x, .y, .z], entangler: Entangler(.brickwork))))

    /// All features twice, each time as RY by `w x + b` with a trained scale and shift, then a trained RZ.
    ///
    /// Source: Pérez-Salinas et al., *Data re-uploading for a universal quantum classifier* (arXiv:1907.02085).
    public static let reuploading: EncodingTemplate = {
        var stage = EncodingStage(data: .y, trainable: [.z], entangler: Entangler(.brickwork))
        stage.isRescaled = true
        return EncodingTemplate("reuploading", .repeated(stage, uploads: 2))
    }()

    /// All features twice, each time Hadamard gates, RZ by a feature, and ZZ by products of neighbours' features.
    ///
    /// Source: Havlíček et al., *Supervised learning with quantum-enhanced feature spaces* (arXiv:1804.11326), with
    /// neighbours on a line and the angles of PennyLane's `IQPEmbedding`.
    public static let iqp: EncodingTemplate = {
        var stage = EncodingStage(data: [.z])
        stage.opensWithHadamards = true
        stage.products = .brickwork  // any order is the same circuit; this one keeps causal cones narrow
        return EncodingTemplate("iqp", .repeated(stage, uploads: 2))
    }()

    /// Features as amplitudes, for presets whose tasks share a few qubits.
    public static let amplitude = EncodingTemplate("amplitude", .amplitude)

    /// All templates.
    public static let all = [angleX, angleY, angleZ, denseAngle, denseAngle3, reuploading, iqp, amplitude]
}
