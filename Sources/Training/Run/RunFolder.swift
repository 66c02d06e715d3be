import Datasets
import Foundation

/// The folder of a run: its configuration, checkpoint, metrics and result.
public struct RunFolder: Sendable {
    /// The folder.
    public let url: URL

    /// The run folder at `url`, which need not exist yet.
    public init(_ url: URL) {
        self.url = url
    }

    /// The complete configuration.
    public var configurationURL: URL { url.appendingPathComponent("config.yaml") }
    /// What is needed to resume, and the trained parameters.
    public var checkpointURL: URL { url.appendingPathComponent("checkpoint.safetensors") }
    /// Where the run stands, for people and tools.
    public var stateURL: URL { url.appendingPathComponent("state.json") }
    /// One object per epoch.
    public var metricsURL: URL { url.appendingPathComponent("metrics.jsonl") }
    /// What the finished run predicts for every test sample.
    public var predictionsURL: URL { url.appendingPathComponent("predictions.npz") }
    /// What the finished run reports.
    public var resultURL: URL { url.appendingPathComponent("result.json") }
    /// Whose lock keeps other processes from training in the folder.
    private var lockURL: URL { url.appendingPathComponent(".lock") }

    /// The run's checkpoint.
    /// - Throws: `TrainingError.noCheckpoint`, `.unreadableFile` or `.damagedFile`.
    public func checkpoint() throws(TrainingError) -> Checkpoint {
        guard exists(checkpointURL) else { throw .noCheckpoint(path: url.relativePath) }
        return try Checkpoint(contentsOf: checkpointURL)
    }

    /// The epochs of `metrics.jsonl`; a line that a kill cut short is left out.
    /// - Throws: `TrainingError.unreadableFile`.
    public func history() throws(TrainingError) -> [EpochRecord] {
        guard exists(metricsURL) else { return [] }
        let decoder = JSONDecoder()
        return try read(metricsURL).split(separator: UInt8(ascii: "\n")).compactMap {
            try? decoder.decode(EpochRecord.self, from: $0)
        }
    }

    /// The result of a finished run; nil where it is not finished.
    /// - Throws: `TrainingError.unreadableFile` or `.damagedFile`.
    public func result() throws(TrainingError) -> RunResult? {
        guard exists(resultURL) else { return nil }
        let data = try read(resultURL)
        do {
            return try JSONDecoder().decode(RunResult.self, from: data)
        } catch {
            throw .damagedFile(path: resultURL.relativePath, problem: "it does not hold the result of a run")
        }
    }

    private func exists(_ file: URL) -> Bool { FileManager.default.fileExists(atPath: file.path) }

    private func read(_ file: URL) throws(TrainingError) -> Data {
        do {
            return try Data(contentsOf: file)
        } catch {
            throw .unreadableFile(path: file.relativePath, reason: Self.reason(error))
        }
    }

    /// The system's word on a failure.
    private static func reason(_ error: any Error) -> String {
        let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? POSIXError
        return underlying.map { String(cString: strerror($0.code.rawValue)) } ?? error.localizedDescription
    }
}

extension RunFolder {
    /// Makes the folder and those above it, unless they exist.
    /// - Throws: `TrainingError.unwritableFile`.
    public func create() throws(TrainingError) {
        do {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        } catch {
            throw .unwritableFile(path: url.relativePath, reason: Self.reason(error))
        }
    }

    /// The right to train in the folder, for as long as the value lives; nil where another process has it.
    /// - Throws: `TrainingError.unwritableFile`.
    public func lock() throws(TrainingError) -> FileLock? {
        try create()
        do {
            return try FileLock.acquire(lockURL)
        } catch {
            throw TrainingError(error, path: lockURL.relativePath)
        }
    }

    /// Refuses a folder whose run has other settings; an empty folder suits all.
    /// - Throws: `TrainingError.differentRun` with the keys that differ, `.unreadableFile`, `.damagedFile`.
    public func check(holds configuration: RunConfiguration) throws(TrainingError) {
        guard exists(checkpointURL) else { return }
        try check(try Checkpoint(contentsOf: checkpointURL), holds: configuration)
    }

    private func check(
        _ checkpoint: Checkpoint, holds configuration: RunConfiguration
    ) throws(TrainingError) {
        let keys = checkpoint.configuration.differences(from: configuration)
        guard keys.isEmpty else { throw .differentRun(path: url.relativePath, keys: keys) }
    }

    /// Makes the folder ready for a run and returns the checkpoint to go on from, if there is one.
    ///
    /// A run that was stopped before its first checkpoint begins anew.
    /// - Parameter configurationText: what goes into `config.yaml`.
    /// - Throws: `TrainingError.runExists` unless `resuming`, `.differentRun` where the folder's run has other settings,
    ///   `.unwritableFile`.
    /// - Precondition: the caller holds the folder's lock.
    func open(
        _ configuration: RunConfiguration, configurationText: String, resuming: Bool
    ) throws(TrainingError) -> Checkpoint? {
        if !resuming, exists(configurationURL) || exists(checkpointURL) {
            throw .runExists(path: url.relativePath)
        }
        let checkpoint = exists(checkpointURL) ? try Checkpoint(contentsOf: checkpointURL) : nil
        if let checkpoint { try check(checkpoint, holds: configuration) }
        try replace(configurationURL, by: configurationText)
        try keepHistory(upTo: checkpoint?.state.epoch ?? 0)
        return checkpoint
    }

    /// Replaces the checkpoint, then the copy of its state.
    func write(_ checkpoint: Checkpoint) throws(TrainingError) {
        try checkpoint.write(to: checkpointURL)
        try replace(
            stateURL,
            by: JSONText.encode(checkpoint.state, path: stateURL.relativePath, pretty: true) + "\n")
    }

    /// Adds an epoch to `metrics.jsonl`.
    func append(_ record: EpochRecord) throws(TrainingError) {
        let line = try JSONText.encode(record, path: metricsURL.relativePath) + "\n"
        let descriptor = Foundation.open(metricsURL.path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw unwritable(metricsURL) }
        defer { close(descriptor) }
        var text = line
        let written = text.withUTF8 { Foundation.write(descriptor, $0.baseAddress, $0.count) }
        guard written == line.utf8.count else { throw unwritable(metricsURL) }
    }

    /// Writes the result of the finished run.
    func write(_ result: RunResult) throws(TrainingError) {
        try replace(
            resultURL, by: JSONText.encode(result, path: resultURL.relativePath, pretty: true) + "\n")
    }

    /// Drops the lines of epochs that no checkpoint remembers: they will come again.
    private func keepHistory(upTo epoch: Int) throws(TrainingError) {
        guard exists(metricsURL) else { return }
        var text = ""
        for record in try history() where record.epoch <= epoch {
            text += try JSONText.encode(record, path: metricsURL.relativePath) + "\n"
        }
        try replace(metricsURL, by: text)
    }

    private func replace(_ file: URL, by text: String) throws(TrainingError) {
        do {
            try AtomicFile.write(text.utf8, to: file)
        } catch {
            throw TrainingError(error, path: file.relativePath)
        }
    }

    private func unwritable(_ file: URL) -> TrainingError {
        .unwritableFile(
            path: file.relativePath, reason: String(cString: strerror(errno == 0 ? ENOSPC : errno)))
    }
}
