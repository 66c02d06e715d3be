import Configuration
import Foundation
import Training

extension ComparisonConfiguration {
    /// The runs of the comparison: for every seed and fold, every head.
    ///
    /// In this order a comparison that is stopped early still compares. A set with folds is run on each of them, unless
    /// the configuration chooses one. Heads differ in nothing but themselves and what a search has chosen for them: trunk
    /// and order of samples are those of the seed.
    /// - Parameters:
    ///   - folder: the grid's folder.
    ///   - foldCount: the folds of the data set; 0 for a set without.
    ///   - tuned: what a search has chosen.
    ///   - text: the configuration as it goes into the folder's `config.yaml`.
    /// - Throws: `ConfigurationError` where a chosen setting does not exist.
    public func grid(
        in folder: URL, foldCount: Int, tuned: TuningResult? = nil, text: String
    ) throws(ConfigurationError) -> Grid {
        var runs: [Grid.Run] = []
        for seed in seedValues(count: seeds) {
            for fold in folds(foldCount) {
                for head in heads {
                    let cell = GridCell(head: head, seed: seed, fold: fold)
                    let settings = try tuned.map { tuned throws(ConfigurationError) in
                        try run.setting(tuned.values(for: cell))
                    }
                    runs.append(Grid.Run(cell: cell, configuration: (settings ?? run).of(cell)))
                }
            }
        }
        return Grid(
            folder: folder, runs: runs, purpose: .comparison, tuned: tuned, configurationText: text)
    }

    /// The first `count` seeds, from the run's own on.
    func seedValues(count: Int) -> [UInt64] { (0..<UInt64(max(count, 0))).map { run.seed &+ $0 } }

    /// The folds to run on; the one element nil for a set's own splits.
    func folds(_ count: Int) -> [Int?] {
        run.dataset.fold == nil && count > 0 ? (0..<count).map { $0 } : [run.dataset.fold]
    }
}

extension RunConfiguration {
    /// The settings of a grid's run that has these for all.
    func of(_ cell: GridCell) -> RunConfiguration {
        var configuration = self
        configuration.seed = cell.seed
        configuration.dataset.fold = cell.fold
        if let tasks = cell.tasks { configuration.dataset.name += ":\(tasks)" }
        cell.head.apply(to: &configuration.head)
        return configuration
    }
}
