/// An experiment that comes with the program, as YAML.
public struct ShippedConfiguration: Sendable, Equatable {
    /// The name that a command is given in place of a file.
    public let name: String
    /// The configuration, with comments that say what is measured and why.
    public let text: String

    /// Comparisons, for `qmtl compare NAME`.
    public static let comparisons = [
        ShippedConfiguration(name: "glue", bytes: PackageResources.compare_glue_yaml),
        ShippedConfiguration(name: "chest", bytes: PackageResources.compare_chest_yaml),
        ShippedConfiguration(name: "mustard", bytes: PackageResources.compare_mustard_yaml),
        ShippedConfiguration(name: "digits", bytes: PackageResources.compare_digits_yaml),
    ]

    /// Sweeps, for `qmtl sweep NAME`.
    public static let sweeps = [
        ShippedConfiguration(name: "scaling", bytes: PackageResources.sweep_scaling_yaml)
    ]

    private init(name: String, bytes: [UInt8]) {
        self.name = name
        text = String(decoding: bytes, as: UTF8.self)
    }
}
