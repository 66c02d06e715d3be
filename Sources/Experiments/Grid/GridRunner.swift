import Circuits
import Datasets
import Execution
import Foundation
import Training

/// Runs what a grid has not finished yet, several runs side by side.
public struct GridRunner: Sendable {
    private let backends: [any Backend]
    private let datasets: DatasetStore
    private let version: String
    private let configurationText: @Sendable (RunConfiguration) throws -> String
    private let observer: any GridObserver

    /// A runner.
    /// - Parameters:
    ///   - backends: compute the circuits; as many runs are under way at a time as there are backends.
    ///   - datasets: what has been read of the data already.
    ///   - version: the program's version, for the results.
    ///   - configurationText: a run's configuration as it goes into its `config.yaml`.
    ///   - observer: is told what happens.
    public init(
        backends: [any Backend], datasets: DatasetStore, version: String,
        configurationText: @escaping @Sendable (RunConfiguration) throws -> String,
        observer: any GridObserver
    ) {
        precondition(!backends.isEmpty, "a grid needs a backend")
        self.backends = backends
        self.datasets = datasets
        self.version = version
        self.configurationText = configurationText
        self.observer = observer
    }

    /// Runs all of `shard` that has no result yet, and returns when nothing of it is left to do.
    ///
    /// A run that another process has under way is waited for, and taken over if that process dies. A run that fails is
    /// reported and recorded; it is tried again by the next call, not by processes that are at work now. So are the runs of
    /// a head that does not suit the data or the settings. What suits none of them is found before the first is trained.
    /// - Throws: `TrainingError` where a setting cannot be used with any head or a folder holds a run of other settings;
    ///   `DatasetError`; `CancellationError`, with all states saved. What fails within one run is not thrown.
    public func run(_ grid: Grid, shard: GridShard = .whole) async throws {
        let part = grid.runs.indices.filter(shard.contains)
        try check(part.map { grid.runs[$0] }, of: grid)
        try grid.writeManifest()
        let unfinished = part.filter { !grid.runFolder(grid.runs[$0].cell).isFinished }
        let queue = GridQueue(unfinished, finished: part.count - unfinished.count)
        observer.began(total: part.count, finished: part.count - unfinished.count)
        let start = Date()
        try await withThrowingTaskGroup { group in
            for backend in backends.prefix(unfinished.count) {
                group.addTask { try await work(on: grid, queue, backend, start: start) }
            }
            try await group.waitForAll()
        }
    }

    /// Looks for a head that can be built, and holds the runs that exist already to their settings.
    private func check(_ runs: [Grid.Run], of grid: Grid) throws {
        try checkHeads(of: grid.runs)
        for run in runs {
            do {
                try grid.runFolder(run.cell).check(holds: run.configuration)
            } catch TrainingError.damagedFile, TrainingError.unreadableFile {
                // One broken folder is the failure of its run.
            }
        }
    }

    /// Builds heads until one can be.
    private func checkHeads(of runs: [Grid.Run]) throws {
        var tried: Set<HeadChoice> = []
        var first: (any Error)?
        for run in runs where tried.insert(run.cell.head).inserted {
            do {
                _ = try trainer(of: run, backends[0])
                return
            } catch {
                first = first ?? error
            }
        }
        if let first { throw first }
    }

    private func trainer(of run: Grid.Run, _ backend: any Backend) throws -> Trainer {
        try Trainer(
            run.configuration, dataset: datasets.dataset(run.configuration.dataset), backend: backend)
    }

    private func work(
        on grid: Grid, _ queue: GridQueue, _ backend: any Backend, start: Date
    ) async throws {
        while let turn = queue.next() {
            switch turn {
            case .run(let index): try await attempt(index, of: grid, queue, backend, start: start)
            case .wait: try await Task.sleep(for: .milliseconds(50))
            }
        }
    }

    /// One look at a run: it may be finished or failed by now, held by another process, or ours to train.
    private func attempt(
        _ index: Int, of grid: Grid, _ queue: GridQueue, _ backend: any Backend, start: Date
    ) async throws {
        let run = grid.runs[index]
        let folder = grid.runFolder(run.cell)
        do {
            if try isSettledElsewhere(run, folder, index, queue, start: start) { return }
            guard let lock = try folder.lock() else {
                if let count = queue.hold(index) { observer.waiting(for: count) }
                return
            }
            // Another process may have ended the run between the first look and the lock.
            if try isSettledElsewhere(run, folder, index, queue, start: start) { return }
            let outcome = try await trainer(of: run, backend).train(
                in: folder, configurationText: configurationText(run.configuration), resuming: true,
                version: version, holding: lock
            ) { progress in
                observer.advanced(
                    run, in: folder, progress, fraction: queue.update(index, fraction: progress.fraction))
            }
            folder.clearFailure()
            try observer.finished(
                run, in: folder, outcome, settled: queue.settle(index), total: queue.total)
        } catch let error as CancellationError {
            throw error
        } catch {
            folder.record(failure: error)
            observer.failed(run, error: "\(error)", settled: queue.settle(index), total: queue.total)
        }
    }

    private func isSettledElsewhere(
        _ run: Grid.Run, _ folder: RunFolder, _ index: Int, _ queue: GridQueue, start: Date
    ) throws -> Bool {
        if folder.isFinished {
            _ = queue.settle(index)
            return true
        }
        guard let failure = folder.failure, failure.date > start else { return false }
        observer.failed(run, error: failure.error, settled: queue.settle(index), total: queue.total)
        return true
    }
}
