import ArgumentParser
import Foundation
import QMTL

/// Metrics of a trained run.
struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: "Score a trained run on a split of a data set.")

    @Argument(help: ArgumentHelp("The run folder.", valueName: "run"), completion: .directory) var folder:
        String
    @Option(
        help: ArgumentHelp(
            "Another data set with the same tasks (default: the run's own).", valueName: "name"))
    var dataset: String?
    @Option(
        help: ArgumentHelp("Where a data set's arrays are, if not beside its description.", valueName: "dir"))
    var dataFolder: String?
    @Option(help: ArgumentHelp("The split to score.", valueName: "split")) var split = Split.test
    @Option(
        help: ArgumentHelp(
            "\(NoiseChoice.help.abstract) A list scores each; default: the noise the run was trained under.",
            valueName: "names"))
    var noise: List<String> = List([])
    @Option(
        help: ArgumentHelp("Also write report.html and evaluation.json here.", valueName: "dir"),
        completion: .directory)
    var out: String?
    @OptionGroup(title: "Measurement") var measurement: MeasurementOptions
    @OptionGroup(title: "Backend") var backend: BackendOptions
    @OptionGroup(title: "Hardware") var hardware: HardwareOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    mutating func validate() throws {
        try hardware.validate(with: backend)
        guard backend.backend == .ibm else { return }
        if !noise.elements.isEmpty || measurement.shots.elements.count > 1 {
            throw ValidationError(
                "--backend ibm takes one number of shots and no --noise: a device has its own.")
        }
        try measurement.requireWhatDevicesDo()
    }

    func run() async throws {
        let checkpoint = try RunFolder(URL(filePath: folder)).checkpoint()
        if self.backend.backend == .ibm { return try await runOnHardware(checkpoint) }
        let backend = try self.backend.makeBackend(
            configured: checkpoint.configuration.backend, memory: checkpoint.configuration.memory,
            console: output.console)
        let scoring = RunScoring(
            run: folder, checkpoint: checkpoint, data: try openDataset(checkpoint), split: split,
            backend: backend)
        var evaluations: [RunEvaluation] = []
        for noise in try noises(checkpoint.configuration) {
            for plain in measurement.measurements {
                evaluations.append(
                    try await scoring.evaluate(
                        under: noise, plain, mitigated: measurement.mitigated(plain),
                        trajectories: measurement.unravelling))
            }
        }
        let sweep = NoiseSweep(evaluations)
        if evaluations.count == 1 {
            try output.console.answer(evaluations[0], text: EvaluationTable.text(evaluations[0]))
        } else {
            try output.console.answer(sweep, text: EvaluationTable.text(sweep))
        }
        if let out { try write(sweep, to: URL(filePath: out)) }
    }

    private func runOnHardware(_ checkpoint: Checkpoint) async throws {
        let data = try openDataset(checkpoint)
        let device = try await hardware.makeBackend(
            device: backend.device, shots: measurement.shots.elements.first,
            correctsReadout: measurement.mitigate.elements.contains(.readout),
            work: "evaluate \(folder) \(split) seed \(measurement.shotSeed)", console: output.console)
        if hardware.dryRun {
            let trained = try TrainedModel(checkpoint, backend: device)
            _ = try await trained.predictions(data, split: split)
            let answer = await DryRun(device, names: data.tasks.map(\.name))
            return try output.console.answer(answer, text: answer.text)
        }
        let evaluation = try await RunScoring(
            run: folder, checkpoint: checkpoint, data: data, split: split, backend: device
        ).evaluate(on: device)
        try output.console.answer(evaluation, text: EvaluationTable.text(evaluation))
        if let out { try write(NoiseSweep([evaluation]), to: URL(filePath: out)) }
    }

    private func openDataset(_ checkpoint: Checkpoint) throws -> Dataset {
        var choice = checkpoint.configuration.dataset
        if let dataset { (choice.name, choice.folder, choice.fold) = (dataset, nil, nil) }
        if let dataFolder { choice.folder = dataFolder }
        return try choice.open()
    }

    private func write(_ sweep: NoiseSweep, to folder: URL) throws {
        try RunFolder(folder).create()
        try AtomicFile.write(ResultFiles.json(sweep), to: folder.appending(path: "evaluation.json"))
        let page = folder.appending(path: RunReport.pageName)
        try AtomicFile.write(HTMLReport.evaluation(sweep, version: Version.current).html.utf8, to: page)
        output.console.remark("Report: \(page.path)")
    }

    private func noises(_ configuration: RunConfiguration) throws -> [NoiseDescription?] {
        noise.elements.isEmpty ? [configuration.noise] : try noise.elements.map { try NoiseChoice.open($0) }
    }
}
