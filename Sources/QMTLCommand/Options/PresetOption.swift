import ArgumentParser
import QMTL

extension Preset: ExpressibleByArgument {
    /// The preset of that name.
    public init?(argument: String) { self.init(named: argument) }

    public var defaultValueDescription: String { name }

    /// The names of all presets.
    public static var allValueStrings: [String] { all.map(\.name) }
}
