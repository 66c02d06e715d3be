import Datasets
import Foundation
import Training

/// Independent runs of one experiment, each in a folder of its own below that of the grid.
///
/// The folder is all that processes share: a run with a `result.json` is finished, one whose lock is held is under way,
/// one with an `error.txt` has failed. So a grid can be stopped at any time, and any number of processes, on any machines
/// that see the folder, can work on it at once.
public struct Grid: Sendable {
    /// A run of the grid.
    public struct Run: Sendable, Equatable {
        /// Its place.
        public let cell: GridCell
        /// Its settings.
        public let configuration: RunConfiguration

        /// A run with its settings.
        public init(cell: GridCell, configuration: RunConfiguration) {
            self.cell = cell
            self.configuration = configuration
        }
    }

    /// A finished run.
    public struct Result: Sendable, Equatable {
        /// Its place.
        public let cell: GridCell
        /// What it reports.
        public let result: RunResult

        /// The result of the run at `cell`.
        public init(cell: GridCell, result: RunResult) {
            self.cell = cell
            self.result = result
        }
    }

    /// A run that ended with an error.
    public struct Failure: Codable, Sendable, Equatable {
        /// The run's folder within that of the grid.
        public let run: String
        /// What went wrong, in one sentence.
        public let error: String

        /// A failure of the run in folder `run`.
        public init(run: String, error: String) {
            self.run = run
            self.error = error
        }
    }

    /// The grid's folder, which need not exist before it is run.
    public let folder: URL
    /// All runs, in the order they are begun.
    public let runs: [Run]
    /// What the runs are for.
    public let purpose: GridManifest.Purpose
    /// What a search has chosen for the runs; nil where there was none.
    public let tuned: TuningResult?
    /// What the runs were made of, as it goes into the folder's `config.yaml`.
    public let configurationText: String

    /// A grid in `folder`.
    public init(
        folder: URL, runs: [Run], purpose: GridManifest.Purpose, tuned: TuningResult? = nil,
        configurationText: String
    ) {
        self.folder = folder
        self.runs = runs
        self.purpose = purpose
        self.tuned = tuned
        self.configurationText = configurationText
    }

    /// Where the configuration of the grid in `folder` is.
    public static func configurationURL(in folder: URL) -> URL { folder.appending(path: "config.yaml") }

    /// The folder of a run.
    public func runFolder(_ cell: GridCell) -> RunFolder { Self.runFolder(cell, in: folder) }

    private static func runFolder(_ cell: GridCell, in folder: URL) -> RunFolder {
        RunFolder(folder.appending(path: cell.path))
    }
}

extension Grid {
    private static let lockName = ".lock"

    /// What the folder says of the grid.
    public var manifest: GridManifest {
        GridManifest(purpose: purpose, runs: runs.map(\.cell), tuned: tuned)
    }

    /// Makes the folder and lists all runs in it, for those who read the results.
    /// - Throws: `TrainingError.unwritableFile`; `DatasetError.unwritableFile`.
    func writeManifest() throws {
        try RunFolder(folder).create()
        try Self.withLock(on: folder) {
            try manifest.write(in: folder)
            try AtomicFile.write(configurationText.utf8, to: Self.configurationURL(in: folder))
        }
    }

    /// The finished ones of `cells`, in order.
    /// - Throws: `TrainingError` where a result cannot be read.
    public static func results(of cells: [GridCell], in folder: URL) throws(TrainingError) -> [Result] {
        var results: [Result] = []
        for cell in cells {
            guard let result = try runFolder(cell, in: folder).result() else { continue }
            results.append(Result(cell: cell, result: result))
        }
        return results
    }

    /// The failed ones of `cells`, in order.
    public static func failures(of cells: [GridCell], in folder: URL) -> [Failure] {
        cells.compactMap { cell in
            runFolder(cell, in: folder).failure.map { Failure(run: cell.path, error: $0.error) }
        }
    }

    /// Calls `body` while no other process writes files of the grid's own `folder`.
    public static func withLock<Value>(on folder: URL, _ body: () throws -> Value) throws -> Value {
        let lock = try FileLock.acquire(folder.appending(path: lockName), waits: true)
        return try withExtendedLifetime(lock, body)
    }
}
