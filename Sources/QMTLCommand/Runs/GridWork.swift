import Configuration
import Foundation
import QMTL

/// Runs a grid from the command line.
struct GridWork {
    let options: GridOptions
    let backend: BackendOptions
    let console: Console

    /// How an interrupted grid goes on.
    static let remedy = "give the same command to go on"

    /// Runs this process's part of the grid to its end.
    /// - Parameter configuration: the settings that all runs share.
    /// - Returns: How much of the whole grid is done then.
    /// - Throws: `CommandError.interrupted`; what is wrong with the grid as a whole.
    func run(
        _ grid: Grid, datasets: DatasetStore, configuration: RunConfiguration
    ) async throws -> GridStatus {
        let backends = try backend.makeBackends(
            jobs: options.jobs, configured: configuration.backend, memory: configuration.memory,
            console: console)
        let progress = Progress(console)
        defer { progress.clear() }
        let runner = GridRunner(
            backends: backends, datasets: datasets, version: Version.current,
            configurationText: { try ConfigurationFile.encode($0) }, observer: GridConsole(progress))
        do {
            try await runner.run(grid, shard: options.shard ?? .whole)
        } catch is CancellationError {
            progress.clear()
            throw CommandError.interrupted(folder: grid.folder.relativePath, remedy: Self.remedy)
        }
        return GridStatus(of: grid.runs.map(\.cell), in: grid.folder)
    }

    /// Makes all trials, whatever the part: the runs of every part depend on their outcome.
    /// - Throws: `ExperimentError.noTrial`; as `run`.
    func tune(
        _ tuning: Tuning, datasets: DatasetStore, configuration: RunConfiguration
    ) async throws -> TuningResult {
        let whole = GridWork(
            options: options.withoutShard, backend: backend, console: console)
        let status = try await whole.run(tuning.grid, datasets: datasets, configuration: configuration)
        if !status.failures.isEmpty { console.remark("Trials that failed count as lost: \(status.text)") }
        return try tuning.result()
    }

    /// Ends the command: the tables by `report` where no run is missing, else how much is done.
    /// - Throws: `CommandError.failedRuns` where any failed, after the tables of the others.
    func finish(_ status: GridStatus, report: () throws -> Void) throws {
        if status.open > 0 {
            try console.answer(
                status, text: status.text + "; the last process to finish makes the tables")
        } else if status.finished > 0 {
            do { try report() } catch ExperimentError.noRuns where !status.failures.isEmpty {}
        }
        guard status.failures.isEmpty else {
            throw CommandError.failedRuns(
                count: status.failures.count, total: status.runs, folder: status.folder)
        }
    }
}
