import Foundation
import Training

/// How much of a grid is done: what a process that ran a part of it reports.
public struct GridStatus: Codable, Sendable, Equatable {
    /// The grid's folder.
    public let folder: String
    /// The number of all runs.
    public let runs: Int
    /// The number of finished ones.
    public let finished: Int
    /// The failed ones.
    public let failures: [Grid.Failure]

    /// What the folder of a grid shows now.
    public init(of cells: [GridCell], in folder: URL) {
        let folders = cells.map { RunFolder(folder.appending(path: $0.path)) }
        self.folder = folder.relativePath
        runs = cells.count
        finished = folders.count { $0.isFinished }
        failures = Grid.failures(of: cells, in: folder)
    }

    /// The same with further work beside the runs.
    public func adding(finished more: Int, failures others: [Grid.Failure], open: Int) -> GridStatus {
        GridStatus(
            folder: folder, runs: runs + more + others.count + open, finished: finished + more,
            failures: failures + others)
    }

    private init(folder: String, runs: Int, finished: Int, failures: [Grid.Failure]) {
        self.folder = folder
        self.runs = runs
        self.finished = finished
        self.failures = failures
    }

    /// The number of runs that are still to be done, or under way elsewhere.
    public var open: Int { runs - finished - failures.count }
}
