import ArgumentParser
import Configuration
import Foundation
import QMTL

/// Heads x seeds on the same splits.
struct CompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Train several heads with several seeds and compare them.",
        discussion: """
            Every run has a folder of its own, OUT/HEAD/seed-N (and fold-K where the data set has folds). A comparison can \
            be stopped and started again at any time: finished runs are kept, one under way goes on. Beside the runs: \
            comparison.json, .csv and .tex, and report.html.
            """)

    @OptionGroup(title: "Configuration") var settings: ConfigurationOptions
    @Option(
        help: ArgumentHelp(
            "Heads; quantum is the default preset (default: quantum,linear,sliced).",
            valueName: "name,name,..."))
    var heads: List<HeadChoice>?
    @Option(
        help: ArgumentHelp(
            "How many seeds, from the configuration's on: 1, 2, ..., n (default: 3).", valueName: "n"))
    var seeds: Int?
    @Option(
        help: ArgumentHelp("The comparison's folder (default: runs/DATASET-comparison).", valueName: "dir"),
        completion: .directory)
    var out: String?
    @OptionGroup(title: "Backend") var backend: BackendOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let console = output.console
        let configuration = try makeConfiguration()
        let folder = URL(filePath: out ?? "runs/\(configuration.run.dataset.shortName)-comparison")
        let comparison = try Comparison(
            configuration, dataset: configuration.run.dataset.openWithoutFold(), folder: folder)
        let backend = try self.backend.makeBackend(
            configured: configuration.run.backend, memory: configuration.run.memory, console: console)
        let text = try ConfigurationFile.encode(configuration)

        let progress = Progress(console)
        let outcomes: [TrainingOutcome]
        do {
            outcomes = try await run(comparison, on: backend, progress)
        } catch {
            progress.clear()
            guard error is CancellationError else { throw error }
            throw CommandError.interrupted(
                folder: folder.relativePath, remedy: "give the same command to go on")
        }
        progress.clear()
        let result = try ComparisonReport.write(
            outcomes.map(\.result), histories: outcomes.map(\.history), configurationText: text,
            circuit: outcomes.lazy.compactMap(\.trained.model.circuit).first, in: folder)
        try console.answer(result, text: ComparisonTable.text(result))
        console.remark("Report: \(result.report)")
    }

    private func run(
        _ comparison: Comparison, on backend: any Backend, _ progress: Progress
    ) async throws -> [TrainingOutcome] {
        var finishedCount = 0
        return try await comparison.run(
            on: backend, version: Version.current,
            configurationText: { try ConfigurationFile.encode($0) },
            progress: {
                progress.update($0.fraction, "\($0.cell.name): \($0.training.line)", isMilestone: false)
            },
            finished: { cell, outcome in
                try RunReport.write(
                    outcome.result, history: outcome.history,
                    configurationText: ConfigurationFile.encode(comparison.configuration.run(cell)),
                    circuit: outcome.trained.model.circuit, in: comparison.runFolder(cell).url)
                finishedCount += 1
                let scores = outcome.result.macro
                progress.line(
                    String(
                        format: "[%d/%d] %@: validation %.4f, test %.4f, %.1f s", finishedCount,
                        comparison.cells.count, cell.name, scores.validation, scores.test,
                        outcome.result.seconds.train))
            })
    }

    private func makeConfiguration() throws -> ComparisonConfiguration {
        var configuration = try settings.read(ComparisonConfiguration())
        settings.apply(to: &configuration.run, backend: backend)
        if let heads { configuration.heads = heads.elements }
        if let seeds { configuration.seeds = seeds }
        configuration.run.dataset.makeAbsolute()
        return configuration
    }
}
