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
    ///   - tasks: the names of its tasks.
    ///   - text: the configuration as it goes into the folder's `config.yaml`.
    /// - Throws: `ConfigurationError` where a trial's setting does not exist or has no such value.
    public init?(
        of comparison: ComparisonConfiguration, in folder: URL, foldCount: Int, tasks: [String],
        text: String
    ) throws(ConfigurationError) {
        guard let configuration = comparison.tune else { return nil }
        self.configuration = configuration
        combinations = configuration.combinations(seed: comparison.run.seed)
        var runs: [Grid.Run] = []
        for (trial, values) in combinations.enumerated() {
            let settings = try comparison.run.setting(values)
            runs += comparison.cells(
                seeds: configuration.seeds, foldCount: foldCount, tasks: tasks, trial: trial
            ).map { Grid.Run(cell: $0, configuration: settings.of($0)) }
        }
        grid = Grid(
            folder: folder.appending(path: Self.folderName), runs: runs, purpose: .tuning,
            configurationText: text)
    }

    private static let folderName = "tuning"

    /// What the finished trials decide; a trial of which a run failed is out, and with its last trial a head.
    /// - Throws: `ExperimentError.noTrial` where no trial of any head is left; `TrainingError` where a result cannot be read.
    public func result() throws -> TuningResult {
        let results = try Grid.results(of: grid.runs.map(\.cell), in: grid.folder)
        var choices: [TuningResult.Choice] = []
        var failures: [Grid.Failure] = []
        var places: [GridCell] = []
        for cell in grid.runs.map(\.cell) where !places.contains(where: { $0.sharesSettings(with: cell) }) {
            places.append(cell)
        }
        for place in places {
            let own = results.filter { $0.cell.sharesSettings(with: place) }
            let trials = combinations.indices.compactMap { trial -> (trial: Int, score: Double)? in
                let scores = own.filter { $0.cell.trial == trial }.map(\.result.macro.validation)
                return scores.count == configuration.seeds ? (trial, scores.mean) : nil
            }
            // The first of equals, so that the choice is a function of the configuration alone.
            guard let first = trials.first else {
                let lost = ExperimentError.noTrial(head: place.head.name, folder: grid.folder.relativePath)
                let trials = grid.runs.map(\.cell).filter { $0.sharesSettings(with: place) }
                failures.append(
                    Grid.Failure(
                        run: "\(Self.folderName)/\(place.path)",
                        error: Grid.failures(of: trials, in: grid.folder).first?.error ?? "\(lost)"))
                continue
            }
            let best = trials.dropFirst().reduce(first) { $1.score > $0.score ? $1 : $0 }
            choices.append(
                TuningResult.Choice(
                    head: place.head, task: place.task, fold: place.fold, values: combinations[best.trial],
                    validation: best.score))
        }
        guard !choices.isEmpty else {
            throw ExperimentError.noTrial(
                head: places.first?.head.name ?? "", folder: grid.folder.relativePath)
        }
        return TuningResult(
            search: configuration.search, trials: combinations.count, runs: grid.runs.count,
            seconds: results.reduce(0) { $0 + $1.result.seconds.train }, choices: choices,
            failures: failures.isEmpty ? nil : failures)
    }
}

extension GridCell {
    /// Whether one choice of settings serves both.
    fileprivate func sharesSettings(with other: GridCell) -> Bool {
        head == other.head && task == other.task && fold == other.fold
    }
}

/// What a search has chosen, and what it cost.
public struct TuningResult: Codable, Sendable, Equatable {
    /// The chosen settings of one head.
    public struct Choice: Codable, Sendable, Equatable {
        /// The head.
        public let head: HeadChoice
        /// The one task that they are for; nil where all are learnt together.
        public let task: String?
        /// The fold they are for; nil for a set without.
        public let fold: Int?
        /// The values, by key path.
        public let values: [String: String]
        /// The mean validation score that won.
        public let validation: Double

        /// A choice.
        public init(
            head: HeadChoice, task: String? = nil, fold: Int?, values: [String: String], validation: Double
        ) {
            self.head = head
            self.task = task
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
    /// The first failures of heads that are out with all their trials; nil where there are none.
    public let failures: [Grid.Failure]?

    /// A search's outcome.
    public init(
        search: TuningConfiguration.Search, trials: Int, runs: Int, seconds: Double, choices: [Choice],
        failures: [Grid.Failure]? = nil
    ) {
        self.search = search
        self.trials = trials
        self.runs = runs
        self.seconds = seconds
        self.choices = choices
        self.failures = failures
    }

    /// The values chosen for a run; nil where all its trials failed.
    func values(for cell: GridCell) -> [String: String]? {
        choices.first { $0.head == cell.head && $0.task == cell.task && $0.fold == cell.fold }?.values
    }
}
