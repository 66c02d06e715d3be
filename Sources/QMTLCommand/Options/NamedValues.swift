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

extension BackendChoice: ExpressibleByArgument {}

extension HeadKind: ExpressibleByArgument {}
