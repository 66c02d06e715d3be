import Circuits
import Training

/// A head of a comparison, as `--heads` names it: `linear`, `sliced`, `quantum`, or a preset's, such as `quantum:deep`.
public struct HeadChoice: Hashable, Sendable {
    /// The kind of heads.
    public let kind: HeadKind
    /// The preset of quantum heads; nil for classical ones.
    public let preset: Preset?

    /// A kind of heads; quantum ones of the default preset unless another is given.
    public init(_ kind: HeadKind, preset: Preset? = nil) {
        self.kind = kind
        self.preset = kind == .quantum ? preset ?? .paper : nil
    }

    /// The choice called `name`; nil where no head or preset has that name.
    public init?(named name: String) {
        let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init)
        guard let kind = HeadKind(rawValue: parts[0]) else { return nil }
        guard parts.count == 2 else {
            self.init(kind)
            return
        }
        guard kind == .quantum, let preset = Preset(named: parts[1]) else { return nil }
        self.init(kind, preset: preset)
    }

    /// Every head: each kind, quantum ones with every preset.
    public static var all: [HeadChoice] {
        HeadKind.allCases.flatMap { kind in
            kind == .quantum ? Preset.all.map { HeadChoice(kind, preset: $0) } : [HeadChoice(kind)]
        }
    }

    /// The first head that stands twice in a list; nil where none does.
    static func firstRepeated(_ heads: [HeadChoice]) -> HeadChoice? {
        heads.indices.first { heads[..<$0].contains(heads[$0]) }.map { heads[$0] }
    }

    /// The names of all choices.
    public static var allNames: [String] {
        HeadKind.allCases.flatMap { kind in
            kind == .quantum
                ? [kind.rawValue] + Preset.all.map { "\(kind.rawValue):\($0.name)" } : [kind.rawValue]
        }
    }

    /// The name, without the default preset.
    public var name: String { isDefault ? kind.rawValue : "\(kind.rawValue):\(preset?.name ?? "")" }

    /// The folder of the head's runs within that of a comparison.
    public var folderName: String { name.replacing(":", with: "-") }

    private var isDefault: Bool { preset == nil || preset == .paper }
}

extension HeadChoice: Codable {
    /// Reads a name.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let choice = HeadChoice(named: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "one of \(Self.allNames.joined(separator: ", "))")
        }
        self = choice
    }

    /// Writes the name.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }
}
