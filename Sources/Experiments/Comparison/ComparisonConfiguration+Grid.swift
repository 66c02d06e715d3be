import Foundation
import Training

extension ComparisonConfiguration {
    /// The runs of the comparison: for every seed and fold, every head.
    ///
    /// In this order a comparison that is stopped early still compares. A set with folds is run on each of them, unless
    /// the configuration chooses one. Heads differ in nothing but themselves: trunk and order of samples are those of the
    /// seed.
    /// - Parameters:
    ///   - folder: the grid's folder.
    ///   - foldCount: the folds of the data set; 0 for a set without.
    ///   - text: the configuration as it goes into the folder's `config.yaml`.
    public func grid(in folder: URL, foldCount: Int, text: String) -> Grid {
        let folds = run.dataset.fold == nil && foldCount > 0 ? (0..<foldCount).map { $0 } : [run.dataset.fold]
        let cells = seedValues.flatMap { seed in
            folds.flatMap { fold in heads.map { GridCell(head: $0, seed: seed, fold: fold) } }
        }
        return Grid(
            folder: folder, runs: cells.map { Grid.Run(cell: $0, configuration: run.of($0)) },
            configurationText: text)
    }
}

extension RunConfiguration {
    /// The settings of a grid's run that has these for all.
    func of(_ cell: GridCell) -> RunConfiguration {
        var configuration = self
        configuration.seed = cell.seed
        configuration.dataset.fold = cell.fold
        cell.head.apply(to: &configuration.head)
        return configuration
    }
}
