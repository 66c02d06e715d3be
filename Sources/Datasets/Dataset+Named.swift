import Foundation

extension Dataset {
    /// A set from what a user calls it: the path of a folder or YAML file that exists, else a built-in name.
    ///
    /// - Parameters:
    ///   - reference: A path or one of `knownNames`.
    ///   - seed: Decides the synthetic tasks of a built-in family.
    ///   - dataFolder: Where the arrays are, instead of where a folder or YAML file says; named sets need it.
    /// - Throws: `DatasetError`, as `load` and `named`.
    public static func open(
        _ reference: String, seed: UInt64 = 0, dataFolder: URL? = nil
    ) throws(DatasetError) -> Dataset {
        guard isPath(reference) else {
            return try named(reference, seed: seed, dataFolder: dataFolder)
        }
        return try load(from: URL(fileURLWithPath: reference), dataFolder: dataFolder)
    }

    /// Whether `reference` is a path: a folder with a description, or what can be no name.
    ///
    /// A folder without one does not hide the set of that name: arrays often lie in such a folder.
    public static func isPath(_ reference: String) -> Bool {
        if reference.contains("/") || reference.hasSuffix(".yaml") || reference.hasSuffix(".yml") {
            return true
        }
        return FileManager.default.fileExists(atPath: reference + "/dataset.yaml")
    }

    /// The names that `named` knows; `T` stands for a number of tasks.
    public static let knownNames = ["digits", "digits:T"] + ShippedDescription.allCases.map(\.rawValue)

    /// A built-in set: `digits`, or `digits:T` for the family of `T` binary tasks over the same images; or a public set whose
    /// description is built in and whose arrays are in `dataFolder`.
    /// - Throws: `DatasetError.unknownDataset` with the known names, `.invalidTaskCount`, `.noDataFolder`; as `load`.
    public static func named(
        _ name: String, seed: UInt64 = 0, dataFolder: URL? = nil
    ) throws(DatasetError) -> Dataset {
        if name == "digits" { return digits() }
        if let shipped = ShippedDescription(rawValue: name) {
            return try shipped.load(dataFolder: dataFolder)
        }
        guard name.hasPrefix("digits:"), let taskCount = Int(name.dropFirst("digits:".count)) else {
            throw .unknownDataset(name: name, known: knownNames)
        }
        return try digitsFamily(taskCount: taskCount, seed: seed)
    }
}
