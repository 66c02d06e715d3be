import Configuration
import Randomness
import Training

/// A search for settings, with the same trials for every head: `tune` of a comparison.
public struct TuningConfiguration: Codable, Sendable, Equatable {
    /// How trials are chosen among all combinations of values.
    public enum Search: String, Codable, CaseIterable, Sendable {
        /// Every combination.
        case grid
        /// As many as `trials`, drawn at random without repetition.
        case random
    }

    /// How trials are chosen.
    public var search = Search.grid
    /// The number of trials of a random search; nil for a grid, which makes all.
    public var trials: Int?
    /// Seeds that each trial is run with; their mean validation score decides.
    public var seeds = 1
    /// The values to try, by the key path of the setting: `optimizer.learning_rate: [0.003, 0.01]`.
    public var keys: [String: [String]] = [:]

    /// A search of nothing yet.
    public init() {}

    /// Reads a search; `keys` must be given.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        search = try values.decodeIfPresent(Search.self, forKey: .search) ?? search
        trials = try values.decodeIfPresent(Int.self, forKey: .trials)
        seeds = try values.decodeIfPresent(Int.self, forKey: .seeds) ?? seeds
        keys = try values.decode([String: [String]].self, forKey: .keys)
    }

    private struct SettingPath: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Writes a search, settings in alphabetical order: equal searches are equal texts.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(search, forKey: .search)
        try values.encodeIfPresent(trials, forKey: .trials)
        try values.encode(seeds, forKey: .seeds)
        var settings = values.nestedContainer(keyedBy: SettingPath.self, forKey: .keys)
        for (key, tried) in keys.sorted(by: { $0.key < $1.key }) {
            try settings.encode(tried, forKey: SettingPath(stringValue: key))
        }
    }

    private enum CodingKeys: String, CodingKey {
        case search, trials, seeds, keys
    }

    /// Holds numbers to their ranges.
    /// - Throws: `ExperimentError.invalidSize`, `.noValues`.
    func validate() throws(ExperimentError) {
        guard !keys.isEmpty else { throw .noValues(key: "tune.keys") }
        for (key, values) in keys where values.isEmpty { throw .noValues(key: "tune.keys.\(key)") }
        guard seeds > 0 else { throw .invalidSize(name: "tune.seeds", value: seeds) }
        switch (search, trials) {
        case (.grid, nil): break
        case (.grid, _?): throw .unusedTrials
        case (.random, let trials):
            guard let trials, trials > 0 else {
                throw .invalidSize(name: "tune.trials", value: trials ?? 0)
            }
        }
    }

    /// The settings of every trial, the same for all heads.
    /// - Parameter seed: decides what a random search draws.
    func combinations(seed: UInt64) -> [[String: String]] {
        var all: [[String: String]] = [[:]]
        for (key, values) in keys.sorted(by: { $0.key < $1.key }) {
            all = all.flatMap { combination in
                values.map { value in combination.merging([key: value]) { $1 } }
            }
        }
        guard search == .random, let trials, trials < all.count else { return all }
        var generator = Philox(seed: seed, purpose: .search)
        return Array(all.shuffled(using: &generator).prefix(trials))
    }
}

extension RunConfiguration {
    /// These settings with some values changed, by key path.
    /// - Throws: `ConfigurationError` where there is no such key or it has no such value.
    func setting(_ values: [String: String]) throws(ConfigurationError) -> RunConfiguration {
        try ConfigurationFile.decode(
            defaults: self, from: nil, overrides: values.sorted { $0.key < $1.key }.map { "\($0)=\($1)" })
    }
}
