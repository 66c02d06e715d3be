extension Dataset {
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
