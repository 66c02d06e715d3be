import Configuration
import Foundation
import QMTL
import Synchronization

/// Shows the work on a grid and writes the page of every finished run.
final class GridConsole: GridObserver {
    private let progress: Progress
    /// The event files of the runs under way, by folder.
    private let events = Mutex<[String: TensorBoardFile]>([:])
    private let hasWaited = Atomic(false)

    init(_ progress: Progress) {
        self.progress = progress
    }

    func began(total: Int, finished: Int) {
        if finished > 0 { progress.line("\(finished) of \(total) runs are finished already") }
    }

    func advanced(_ run: Grid.Run, in folder: RunFolder, _ training: TrainingProgress, fraction: Double) {
        eventFile(folder).record(training)
        progress.update(fraction, "\(run.cell.name): \(training.line)", isMilestone: false)
    }

    func finished(
        _ run: Grid.Run, in folder: RunFolder, _ outcome: TrainingOutcome, settled: Int, total: Int
    ) throws {
        try eventFile(folder).finish(outcome.history)
        events.withLock { $0[folder.url.path] = nil }
        try RunReport.write(
            outcome.result, history: outcome.history,
            configurationText: ConfigurationFile.encode(run.configuration),
            circuit: outcome.trained.model.circuit, in: folder.url)
        let scores = outcome.result.macro
        progress.line(
            String(
                format: "[%d/%d] %@: validation %.4f, test %.4f, %.1f s", settled, total, run.cell.name,
                scores.validation, scores.test, outcome.result.seconds.train))
    }

    private func eventFile(_ folder: RunFolder) -> TensorBoardFile {
        events.withLock { events in
            if let file = events[folder.url.path] { return file }
            let file = TensorBoardFile(in: folder)
            events[folder.url.path] = file
            return file
        }
    }

    func failed(_ run: Grid.Run, error: String, settled: Int, total: Int) {
        progress.line("[\(settled)/\(total)] \(run.cell.name): failed: \(error)")
    }

    func waiting(for count: Int) {
        if hasWaited.exchange(true, ordering: .relaxed) { return }
        progress.line("waiting for runs under way in other processes: \(count)")
    }
}
