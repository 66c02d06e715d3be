import Configuration
import Foundation
import Training

extension ComparisonConfiguration {
    /// The runs of the comparison: for every seed and fold, every head; then the same for single tasks.
    ///
    /// In this order a comparison that is stopped early still compares. A set with folds is run on each of them, unless
    /// the configuration chooses one. Heads differ in nothing but themselves and what a search has chosen for them: trunk
    /// and order of samples are those of the seed.
    /// - Parameters:
    ///   - folder: the grid's folder.
    ///   - foldCount: the folds of the data set; 0 for a set without.
    ///   - tasks: the names of its tasks.
    ///   - tuned: what a search has chosen; what it has nothing for is not run.
    ///   - text: the configuration as it goes into the folder's `config.yaml`.
    /// - Throws: `ConfigurationError` where a chosen setting does not exist.
    public func grid(
        in folder: URL, foldCount: Int, tasks: [String], tuned: TuningResult? = nil, text: String
    ) throws(ConfigurationError) -> Grid {
        var runs: [Grid.Run] = []
        for cell in cells(seeds: seeds, foldCount: foldCount, tasks: tasks) {
            var settings = run
            if let tuned {
                guard let values = tuned.values(for: cell) else { continue }
                settings = try run.setting(values)
            }
            runs.append(Grid.Run(cell: cell, configuration: settings.of(cell)))
        }
        return Grid(
            folder: folder, runs: runs, purpose: .comparison, tuned: tuned, configurationText: text)
    }

    /// The places of runs with `seeds` seeds, from the run's own on: those on all tasks first, then those on one.
    func cells(seeds: Int, foldCount: Int, tasks: [String], trial: Int? = nil) -> [GridCell] {
        let folds: [Int?] =
            run.dataset.fold == nil && foldCount > 0 ? (0..<foldCount).map { $0 } : [run.dataset.fold]
        let alone = tasks.count > 1 ? singleTask.filter(heads.contains) : []
        let together = heads.map { (head: $0, task: String?.none) }
        return [together, alone.flatMap { head in tasks.map { (head, $0) } }].flatMap { learners in
            (0..<UInt64(max(seeds, 0))).flatMap { offset in
                folds.flatMap { fold in
                    learners.map { head, task in
                        GridCell(
                            head: head, seed: run.seed &+ offset, task: task, trial: trial, fold: fold)
                    }
                }
            }
        }
    }
}

extension RunConfiguration {
    /// The settings of a grid's run that has these for all.
    func of(_ cell: GridCell) -> RunConfiguration {
        var configuration = self
        configuration.seed = cell.seed
        configuration.dataset.fold = cell.fold
        if let tasks = cell.tasks { configuration.dataset.name += ":\(tasks)" }
        if let task = cell.task { configuration.dataset.tasks = [task] }
        cell.head.apply(to: &configuration.head)
        return configuration
    }
}
