import Training

/// Everything that decides a comparison: the keys of a run, with `heads`, `seeds`, `single_task`, `primary` and `tune` beside
/// them.
///
/// A run's configuration is one of a comparison, too. Its `head.kind` and `head.preset` give way to each of `heads`; its
/// `seed` is the first of `seeds` consecutive ones.
public struct ComparisonConfiguration: Sendable, Equatable {
    /// The heads to compare.
    public var heads = [HeadChoice(.quantum), HeadChoice(.linear), HeadChoice(.sliced)]
    /// How many seeds every head is run with.
    public var seeds = 3
    /// Heads that learn each task alone, too, with the same seeds, folds and search: what the multi-task gain is relative to.
    ///
    /// Only those among `heads` count, and only where there are several tasks.
    public var singleTask: [HeadChoice] = []
    /// The pairs that the comparison is made for; nil to hold every pair to the same standard.
    public var primary: PrimaryComparisons?
    /// The search for settings before the comparison; nil to run all heads with the settings as they are.
    public var tune: TuningConfiguration?
    /// What all runs share.
    public var run = RunConfiguration()

    /// Quantum, linear and sliced heads on the default data set.
    public init() {}

    /// Holds what a run's configuration does not know to its range.
    /// - Throws: `ExperimentError.invalidSize`, `.noHeads`, `.repeatedHead`, `.ownRival`.
    public func validate() throws(ExperimentError) {
        guard seeds > 0 else { throw .invalidSize(name: "the number of seeds", value: seeds) }
        guard !heads.isEmpty else { throw .noHeads }
        if let head = HeadChoice.firstRepeated(heads) { throw .repeatedHead(name: head.name) }
        if let head = HeadChoice.firstRepeated(singleTask) { throw .repeatedHead(name: head.name) }
        try primary?.validate()
        try tune?.validate()
    }
}

extension ComparisonConfiguration: Codable {
    private enum CodingKeys: String, CodingKey {
        case heads, seeds, primary, tune
        case singleTask = "single_task"
    }

    /// Reads a configuration; what is missing has its default.
    public init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        heads = try keys.decodeIfPresent(HeadList.self, forKey: .heads)?.choices ?? heads
        seeds = try keys.decodeIfPresent(Int.self, forKey: .seeds) ?? seeds
        singleTask = try keys.decodeIfPresent(HeadList.self, forKey: .singleTask)?.choices ?? singleTask
        primary = try keys.decodeIfPresent(PrimaryComparisons.self, forKey: .primary)
        tune = try keys.decodeIfPresent(TuningConfiguration.self, forKey: .tune)
        run = try RunConfiguration(from: decoder)
    }

    /// Writes its own keys before those of the run.
    public func encode(to encoder: any Encoder) throws {
        var keys = encoder.container(keyedBy: CodingKeys.self)
        try keys.encode(heads, forKey: .heads)
        try keys.encode(seeds, forKey: .seeds)
        try keys.encode(singleTask, forKey: .singleTask)
        try keys.encodeIfPresent(primary, forKey: .primary)
        try keys.encodeIfPresent(tune, forKey: .tune)
        try run.encode(to: encoder)
    }
}
