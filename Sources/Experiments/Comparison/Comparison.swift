import Circuits
import Datasets
import Execution
import Foundation
import Training

/// Heads x seeds on the same splits, each in a run folder of its own, and the statistics over them.
///
/// It can be stopped at any time: a finished run is only read again, one that was under way goes on from its checkpoint.
public struct Comparison: Sendable {
    /// What is compared.
    public let configuration: ComparisonConfiguration
    /// The data set, with its own splits.
    public let dataset: Dataset
    /// The folder of the comparison.
    public let folder: URL
    /// All runs, in order.
    public let cells: [ComparisonCell]

    /// A comparison in `folder`, which need not exist yet.
    /// - Throws: `ExperimentError.invalidSize`, `.noHeads` or `.repeatedHead`.
    public init(
        _ configuration: ComparisonConfiguration, dataset: Dataset, folder: URL
    ) throws(ExperimentError) {
        try configuration.validate()
        self.configuration = configuration
        self.dataset = dataset
        self.folder = folder
        cells = configuration.cells(foldCount: dataset.foldCount)
    }

    /// The folder of a run.
    public func runFolder(_ cell: ComparisonCell) -> RunFolder {
        RunFolder(folder.appending(path: cell.path))
    }

    /// Runs what is not finished yet.
    ///
    /// Every head is built before the first one is trained, so that a setting that suits one head only is found at once.
    /// - Parameters:
    ///   - backend: computes the circuits.
    ///   - version: the program's version, for the results.
    ///   - configurationText: a run's configuration as it goes into its `config.yaml`.
    ///   - progress: is told where a run is.
    ///   - finished: is told of every finished run, earlier ones included.
    /// - Returns: The finished runs in the order of `cells`.
    /// - Throws: `TrainingError`, also where a folder holds runs of other settings; `DatasetError`; `BackendError`;
    ///   `CancellationError`; what the closures throw.
    public func run(
        on backend: any Backend, version: String,
        configurationText: (RunConfiguration) throws -> String,
        progress: @Sendable (ComparisonProgress) -> Void,
        finished: (ComparisonCell, TrainingOutcome) throws -> Void
    ) async throws -> [TrainingOutcome] {
        for cell in cells where cell.seed == cells[0].seed { _ = try trainer(of: cell, backend: backend) }
        var outcomes: [TrainingOutcome] = []
        for (index, cell) in cells.enumerated() {
            let outcome = try await trainer(of: cell, backend: backend).train(
                in: runFolder(cell), configurationText: configurationText(configuration.run(cell)),
                resuming: true, version: version
            ) { training in
                progress(
                    ComparisonProgress(cell: cell, index: index, cellCount: cells.count, training: training))
            }
            try finished(cell, outcome)
            outcomes.append(outcome)
        }
        return outcomes
    }

    private func trainer(of cell: ComparisonCell, backend: any Backend) throws -> Trainer {
        let dataset = try cell.fold.map { fold in try self.dataset.withFold(fold) } ?? self.dataset
        return try Trainer(configuration.run(cell), dataset: dataset, backend: backend)
    }
}

/// Where a comparison is.
public struct ComparisonProgress: Sendable {
    /// The run under way.
    public let cell: ComparisonCell
    /// Its place among all runs, counted from 0.
    public let index: Int
    /// The number of runs.
    public let cellCount: Int
    /// Where the run is.
    public let training: TrainingProgress

    /// The finished share of the whole comparison; every run counts the same.
    public var fraction: Double { (Double(index) + training.fraction) / Double(cellCount) }
}

extension TrainingProgress {
    /// The finished share of the run, if no epoch is saved by early stopping.
    public var fraction: Double {
        let steps = Double(epoch - 1) + Double(step) / Double(max(stepCount, 1))
        return steps / Double(max(epochCount, 1))
    }
}
