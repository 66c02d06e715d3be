import Configuration
import Foundation
import Training

/// The search that a comparison makes before it runs: trials of every head, and what they decide.
///
/// With folds every fold has a choice of its own: the validation part of one fold is the test part of another, so that a
/// common choice would look at test samples.
public struct Tuning: Sendable {
    /// The runs of all trials, in a folder `tuning` within that of the comparison.
    public let grid: Grid
    private let configuration: TuningConfiguration
    private let combinations: [[String: String]]

    /// The search of `comparison`; nil where it has none.
    /// - Parameters:
    ///   - comparison: the comparison.
    ///   - folder: the comparison's folder.
    ///   - foldCount: the folds of the data set; 0 for a set without.
    ///   - text: the configuration as it goes into the folder's `config.yaml`.
    /// - Throws: `ConfigurationError` where a trial's setting does not exist or has no such value.
    public init?(
        of comparison: ComparisonConfiguration, in folder: URL, foldCount: Int, text: String
    ) throws(ConfigurationError) {
        guard let configuration = comparison.tune else { return nil }
        self.configuration = configuration
        combinations = configuration.combinations(seed: comparison.run.seed)
        var runs: [Grid.Run] = []
        for (trial, values) in combinations.enumerated() {
            let settings = try comparison.run.setting(values)
            for seed in comparison.seedValues(count: configuration.seeds) {
                for fold in comparison.folds(foldCount) {
                    runs += comparison.heads.map { head in
                        let cell = GridCell(head: head, seed: seed, trial: trial, fold: fold)
                        return Grid.Run(cell: cell, configuration: settings.of(cell))
                    }
                }
            }
        }
        grid = Grid(
            folder: folder.appending(path: "tuning"), runs: runs, purpose: .tuning, configurationText: text)
    }

    /// What the finished trials decide; a trial of which a run failed is out.
    /// - Throws: `ExperimentError.noTrial` where no trial of a head is left; `TrainingError` where a result cannot be read.
    public func result() throws -> TuningResult {
        let results = try Grid.results(of: grid.runs.map(\.cell), in: grid.folder)
        var choices: [TuningResult.Choice] = []
        var places: [GridCell] = []
        for cell in grid.runs.map(\.cell)
        where !places.contains(where: { $0.head == cell.head && $0.fold == cell.fold }) {
            places.append(cell)
        }
        for place in places {
            let own = results.filter { $0.cell.head == place.head && $0.cell.fold == place.fold }
            let trials = combinations.indices.compactMap { trial -> (trial: Int, score: Double)? in
                let scores = own.filter { $0.cell.trial == trial }.map(\.result.macro.validation)
                return scores.count == configuration.seeds ? (trial, scores.mean) : nil
            }
            // The first of equals, so that the choice is a function of the configuration alone.
            guard let first = trials.first else {
                throw ExperimentError.noTrial(head: place.head.name, folder: grid.folder.relativePath)
            }
            let best = trials.dropFirst().reduce(first) { $1.score > $0.score ? $1 : $0 }
            choices.append(
                TuningResult.Choice(
                    head: place.head, fold: place.fold, values: combinations[best.trial],
                    validation: best.score))
        }
        return TuningResult(
            search: configuration.search, trials: combinations.count, runs: grid.runs.count,
            seconds: results.reduce(0) { $0 + $1.result.seconds.train }, choices: choices)
    }
}

/// What a search has chosen, and what it cost.
public struct TuningResult: Codable, Sendable, Equatable {
    /// The chosen settings of one head.
    public struct Choice: Codable, Sendable, Equatable {
        /// The head.
        public let head: HeadChoice
        /// The fold they are for; nil for a set without.
        public let fold: Int?
        /// The values, by key path.
        public let values: [String: String]
        /// The mean validation score that won.
        public let validation: Double

        /// A choice.
        public init(head: HeadChoice, fold: Int?, values: [String: String], validation: Double) {
            self.head = head
            self.fold = fold
            self.values = values
            self.validation = validation
        }
    }

    /// How trials were chosen.
    public let search: TuningConfiguration.Search
    /// Trials of every head.
    public let trials: Int
    /// Runs of all heads together.
    public let runs: Int
    /// Their training seconds.
    public let seconds: Double
    /// The chosen settings, head by head and fold by fold.
    public let choices: [Choice]

    /// A search's outcome.
    public init(
        search: TuningConfiguration.Search, trials: Int, runs: Int, seconds: Double, choices: [Choice]
    ) {
        self.search = search
        self.trials = trials
        self.runs = runs
        self.seconds = seconds
        self.choices = choices
    }

    /// The values chosen for a run; none where nothing was searched for it.
    func values(for cell: GridCell) -> [String: String] {
        choices.first { $0.head == cell.head && $0.fold == cell.fold }?.values ?? [:]
    }
}
