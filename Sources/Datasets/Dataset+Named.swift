import Foundation

extension Dataset {
    /// A set from what a user calls it: the path of a folder or YAML file that exists, else a built-in name.
    ///
    /// - Parameters:
    ///   - reference: A path or one of `knownNames`.
    ///   - seed: Decides the synthetic tasks of a built-in family.
    ///   - dataFolder: Where the arrays of a folder or YAML file are, instead of where it says.
    /// - Throws: `DatasetError`, as `load` and `named`.
    public static func open(
        _ reference: String, seed: UInt64 = 0, dataFolder: URL? = nil
    ) throws(DatasetError) -> Dataset {
        let isPath = reference.contains("/") || reference.hasSuffix(".yaml") || reference.hasSuffix(".yml")
        guard isPath || FileManager.default.fileExists(atPath: reference) else {
            return try named(reference, seed: seed)
        }
        return try load(from: URL(fileURLWithPath: reference), dataFolder: dataFolder)
    }

    /// The names that `named` knows; `T` stands for a number of tasks.
    public static let knownNames = ["digits", "digits:T"]

    /// A built-in set: `digits`, or `digits:T` for the family of `T` binary tasks over the same images.
    /// - Throws: `DatasetError.unknownDataset` with the known names, `.invalidTaskCount`.
    public static func named(_ name: String, seed: UInt64 = 0) throws(DatasetError) -> Dataset {
        if name == "digits" { return digits() }
        guard name.hasPrefix("digits:"), let taskCount = Int(name.dropFirst("digits:".count)) else {
            throw .unknownDataset(name: name, known: knownNames)
        }
        return try digitsFamily(taskCount: taskCount, seed: seed)
    }
}
