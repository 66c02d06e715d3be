import ArgumentParser
import QMTL

// How options name values of the library's types.

extension Preset: ExpressibleByArgument {
    /// The preset of that name.
    public init?(argument: String) { self.init(named: argument) }

    /// The name, as help shows it.
    public var defaultValueDescription: String { name }

    /// The names of all presets.
    public static var allValueStrings: [String] { all.map(\.name) }
}

extension MemorySize: ExpressibleByArgument {
    /// An amount such as `2G` or `500M`.
    public init?(argument: String) { self.init(argument) }
}

extension PauliString: ExpressibleByArgument {
    /// A product such as `X0*X1`.
    public init?(argument: String) { self.init(argument) }
}

extension HardwareBudget: ExpressibleByArgument {
    /// Shots such as `200000`, or seconds such as `120s`.
    public init?(argument: String) { self.init(argument) }
}

extension HeadKind: ExpressibleByArgument {}

extension ReadoutKind: ExpressibleByArgument {}

extension Split: ExpressibleByArgument {
    /// The split called `train`, `validation` or `test`.
    public init?(argument: String) {
        guard let split = Self.allCases.first(where: { "\($0)" == argument }) else { return nil }
        self = split
    }

    /// The names of all splits.
    public static var allValueStrings: [String] { allCases.map { "\($0)" } }
}

extension HeadList: ExpressibleByArgument {
    /// Names separated by commas, or `all`.
    public init?(argument: String) { self.init(argument) }

    /// The names, as help shows them.
    public var defaultValueDescription: String { choices.map(\.name).joined(separator: ",") }
}

extension HeadChoice: ExpressibleByArgument {
    /// The head of that name, such as `linear` or `quantum:deep`.
    public init?(argument: String) { self.init(named: argument) }

    /// The name, as help shows it.
    public var defaultValueDescription: String { name }

    /// The names of all heads.
    public static var allValueStrings: [String] { allNames }
}

extension BlockTemplate: ExpressibleByArgument {
    /// The block of that name.
    public init?(argument: String) { self.init(named: argument) }

    /// The name, as help shows it.
    public var defaultValueDescription: String { name }

    /// The names of all blocks.
    public static var allValueStrings: [String] { all.map(\.name) }
}

extension EncodingTemplate: ExpressibleByArgument {
    /// The encoding of that name.
    public init?(argument: String) { self.init(named: argument) }

    /// The name, as help shows it.
    public var defaultValueDescription: String { name }

    /// The names of all encodings.
    public static var allValueStrings: [String] { all.map(\.name) }
}
