import Datasets
import Foundation
import Synchronization
import Training

/// The TensorBoard event file of a run on its way: it grows by every epoch.
public final class TensorBoardFile: Sendable {
    private struct State {
        var file: FileHandle?
        var epochs = 0
        var problem: (any Error)?
    }

    private let folder: RunFolder
    private let state = Mutex(State())

    /// The event file of the run in `folder`; nothing is written before the first epoch.
    public init(in folder: RunFolder) {
        self.folder = folder
    }

    /// Adds the epoch that has just been finished, if one has.
    ///
    /// The first one replaces the files of earlier processes by one with all epochs so far, since a resumed run may make some
    /// of them again. What goes wrong is thrown by `finish`: training does not depend on it.
    public func record(_ progress: TrainingProgress) {
        guard let record = progress.record else { return }
        state.withLock { state in
            guard state.problem == nil else { return }
            do {
                if state.file == nil {
                    let history = try folder.history().filter { $0.epoch <= record.epoch }
                    state.file = try begin(history)
                    state.epochs = history.count
                } else {
                    let now = Date().timeIntervalSince1970
                    try state.file?.write(contentsOf: TensorBoardEvents.data(record, wallTime: now))
                    state.epochs += 1
                }
            } catch {
                state.problem = error
            }
        }
    }

    /// Sees to it that the file has every epoch of a finished run.
    /// - Throws: what kept an epoch from being written.
    public func finish(_ history: [EpochRecord]) throws {
        try state.withLock { state in
            if let problem = state.problem { throw problem }
            if state.epochs != history.count { state.file = try begin(history) }
            try state.file?.close()
            state.file = nil
        }
    }

    private func begin(_ history: [EpochRecord]) throws -> FileHandle {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.url.path)) ?? []
        for name in names where name.hasPrefix(TensorBoardEvents.prefix) {
            try? FileManager.default.removeItem(at: folder.url.appending(path: name))
        }
        let now = Date().timeIntervalSince1970
        let url = folder.url.appending(path: TensorBoardEvents.fileName(wallTime: now))
        try AtomicFile.write(TensorBoardEvents(history, wallTime: now).data, to: url)
        let file = try FileHandle(forWritingTo: url)
        try file.seekToEnd()
        return file
    }
}
