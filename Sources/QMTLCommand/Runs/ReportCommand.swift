import ArgumentParser
import Configuration
import Foundation
import QMTL

/// Makes report pages again.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Make report.html of a run or a comparison again.")

    @Argument(
        help: ArgumentHelp("The folder of a run or a comparison.", valueName: "dir"), completion: .directory)
    var folder: String
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() throws {
        let url = URL(filePath: folder)
        let page = url.appending(path: RunReport.pageName).path
        if exists(url.appending(path: ComparisonReport.resultName)) {
            try remakeComparison(in: url)
        } else if let run = try StoredRun(in: RunFolder(url)) {
            try RunReport.write(
                run.result, history: run.history, configurationText: run.configurationText,
                circuit: run.circuit, in: url)
        } else {
            throw CommandError.nothingToReport(folder: folder)
        }
        try output.console.answer(["report": page], text: page)
    }

    private func remakeComparison(in folder: URL) throws {
        let file = folder.appending(path: ComparisonReport.configurationName)
        let configuration = try ConfigurationFile.decode(ComparisonConfiguration.self, from: file)
        let earlier = try ResultFiles.decode(
            HeadComparison.self,
            from: Data(contentsOf: folder.appending(path: ComparisonReport.resultName)))
        // Folds are not in the configuration; each seed stands in a head's row once per fold.
        let foldCount = earlier.heads.first.map { head in head.seeds.count { $0 == head.seeds[0] } } ?? 1
        let cells = configuration.cells(foldCount: foldCount > 1 ? foldCount : 0)
        let runs = try cells.compactMap { try StoredRun(in: RunFolder(folder.appending(path: $0.path))) }
        _ = try ComparisonReport.write(
            runs.map(\.result), histories: runs.map(\.history),
            configurationText: ConfigurationFile.encode(configuration),
            circuit: runs.lazy.compactMap(\.circuit).first, in: folder)
    }

    private func exists(_ url: URL) -> Bool { FileManager.default.fileExists(atPath: url.path) }
}

/// A finished run as its folder has it.
struct StoredRun {
    let result: RunResult
    let history: [EpochRecord]
    let configurationText: String
    /// The circuit of quantum heads; nil for classical ones.
    let circuit: MultiTaskCircuit?

    /// The run in `folder`; nil where none is finished.
    /// - Throws: `TrainingError` where a file is damaged or cannot be read.
    init?(in folder: RunFolder) throws {
        guard let result = try folder.result() else { return nil }
        self.result = result
        history = try folder.history()
        let checkpoint = try folder.checkpoint()
        configurationText = try ConfigurationFile.encode(checkpoint.configuration)
        // Drawn only, so any backend will do.
        circuit = try TrainedModel(checkpoint, backend: CPUBackend(threads: 1)).model.circuit
    }
}
