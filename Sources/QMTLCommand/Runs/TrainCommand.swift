import ArgumentParser
import Configuration
import Foundation
import QMTL

/// One run.
struct TrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train", abstract: "Train the heads of all tasks on one data set.",
        discussion: """
            Writes a run folder: config.yaml with every setting, the checkpoint, metrics.jsonl, result.json, TensorBoard \
            events and report.html. A run that was stopped goes on with --resume and ends with the same numbers.
            """)

    @OptionGroup(title: "Configuration") var settings: ConfigurationOptions
    @Option(
        help: ArgumentHelp(
            "The kind of heads; with the preset of quantum ones, as quantum:deep.", valueName: "kind"))
    var head: HeadChoice?
    @Option(help: ArgumentHelp("The preset of quantum heads.", valueName: "name")) var preset: Preset?
    @Option(help: NoiseChoice.help) var noise: String?
    @Option(help: ArgumentHelp("The seed of initial values and of the order of samples.", valueName: "n"))
    var seed: UInt64?
    @Option(
        help: ArgumentHelp(
            "Start from the best parameters of another run with the same heads.", valueName: "run"),
        completion: .directory)
    var start: String?
    @Option(
        help: ArgumentHelp("The run folder (default: runs/DATASET-HEAD-SEED).", valueName: "dir"),
        completion: .directory)
    var out: String?
    @Flag(help: "Go on with the run in the folder; its own configuration holds where nothing else is said.")
    var resume = false
    @Option(
        help: ArgumentHelp(
            "Train and score from so many shots per measurement, gradients by parameter shift (default: exact values).",
            valueName: "n"))
    var shots: Int?
    @Option(
        help: ArgumentHelp(
            """
            Train and score from so many quantum trajectories of each sample, for circuits too wide for exact noise \
            (default: exact noise).
            """, valueName: "n"))
    var trajectories: Int?
    @OptionGroup(title: "Backend") var backend: BackendOptions
    @OptionGroup(title: "Hardware") var hardware: HardwareOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    mutating func validate() throws {
        try hardware.validate(with: backend)
        if backend.backend == .ibm {
            if noise != nil || trajectories != nil {
                throw ValidationError(
                    "--backend ibm takes no --noise and no --trajectories: a device has noise of its own.")
            }
            if hardware.dryRun, resume {
                throw ValidationError("--dry-run counts a whole run: leave out --resume.")
            }
            if hardware.budget == nil, !hardware.dryRun {
                throw ValidationError("--backend ibm needs a --budget for training, such as 500000 or 300s.")
            }
        }
    }

    func run() async throws {
        let console = output.console
        let configuration = try makeConfiguration()
        let folder = RunFolder(URL(filePath: out ?? defaultFolder(of: configuration)))
        if hardware.dryRun { return try await dryRun(configuration, console) }
        let backend: any Backend
        if self.backend.backend == .ibm {
            backend = try await hardware.makeBackend(
                device: self.backend.device, shots: configuration.shots,
                work: "train \(folder.url.relativePath)", console: console)
        } else {
            backend = try self.backend.makeBackend(
                configured: configuration.backend, memory: configuration.memory, console: console)
        }
        let trainer = try Trainer(configuration, dataset: configuration.dataset.open(), backend: backend)
        let text = try ConfigurationFile.encode(configuration)

        let progress = Progress(console)
        let events = TensorBoardFile(in: folder)
        let outcome: TrainingOutcome
        do {
            outcome = try await trainer.train(
                in: folder, configurationText: text, resuming: resume, version: Version.current
            ) {
                events.record($0)
                progress.update($0.fraction, $0.line, isMilestone: $0.record != nil)
            }
        } catch {
            progress.clear()
            guard error is CancellationError else { throw error }
            let path = folder.url.relativePath
            throw CommandError.interrupted(
                folder: path, remedy: "go on with 'qmtl train --out \(path) --resume'")
        }
        progress.clear()
        try events.finish(outcome.history)
        try RunReport.write(
            outcome.result, history: outcome.history, configurationText: text,
            circuit: outcome.trained.model.circuit, in: folder.url)
        try console.answer(outcome.result, text: RunTable.text(outcome.result))
        console.remark("Report: \(folder.url.appending(path: RunReport.pageName).path)")
    }

    private func dryRun(_ configuration: RunConfiguration, _ console: Console) async throws {
        let backend = try await hardware.makeBackend(
            device: self.backend.device, shots: configuration.shots, work: "train", console: console)
        let answer = try await TrainingDryRun(configuration, on: backend, budget: hardware.budget)
        try console.answer(answer, text: answer.text)
    }

    private func makeConfiguration() throws -> RunConfiguration {
        var settings = settings
        if resume, settings.configuration == nil, let out {
            let own = RunFolder(URL(filePath: out)).configurationURL.relativePath
            if FileManager.default.fileExists(atPath: own) { settings.configuration = own }
        }
        var configuration = try settings.read(RunConfiguration())
        settings.apply(to: &configuration, backend: backend)
        head?.apply(to: &configuration.head)
        if let preset { configuration.head.preset = preset.name }
        if let noise { configuration.noise = try NoiseChoice.open(noise) }
        configuration.noise?.makeAbsolute(from: URL(filePath: FileManager.default.currentDirectoryPath))
        if let seed { configuration.seed = seed }
        if let shots { configuration.shots = shots }
        if let trajectories { configuration.trajectories = trajectories }
        if let start { configuration.start = start }
        configuration.start = configuration.start.map { URL(filePath: $0).path }
        configuration.dataset.makeAbsolute()
        return configuration
    }

    private func defaultFolder(of configuration: RunConfiguration) -> String {
        let head =
            configuration.head.kind == .quantum
            ? "quantum-\(configuration.head.preset)" : configuration.head.kind.rawValue
        return "runs/\(configuration.dataset.shortName)-\(head)-\(configuration.seed)"
    }
}

extension TrainingProgress {
    /// Where the run is, in a line.
    var line: String {
        var line = "epoch \(epoch)/\(epochCount)"
        line += String(format: "  loss %.4f", record?.trainLoss ?? loss)
        if let record { line += String(format: "  validation %.4f", record.validationMacro) }
        return line
    }
}
