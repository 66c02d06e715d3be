import ArgumentParser
import Configuration
import Foundation
import QMTL

/// Heads x seeds on the same splits.
struct CompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Train several heads with several seeds and compare them.",
        discussion: """
            Experiments come with the program: 'qmtl compare glue', 'chest', 'mustard' and 'digits'. The arrays of the first \
            three do not: name their folder with --data-folder.

            Every run has a folder of its own, OUT/HEAD/seed-N (and fold-K where the data set has folds). Heads that \
            'single_task' names learn each task alone, too, in OUT/HEAD/task-NAME/seed-N: the reference of the multi-task \
            gain. 'primary' names the pairs that the comparison is made for. A comparison can \
            be stopped and started again at any time: finished runs are kept, one under way goes on. Several processes, on \
            any machines that share the folder, can work on it at once. A run that fails is reported and does not stop the \
            others. Beside the runs: comparison.json, .csv and .tex, report.html and its pictures in plots.
            """)

    @OptionGroup(title: "Configuration") var settings: ConfigurationOptions
    @Option(
        help: ArgumentHelp(
            "Heads, or all; quantum is the default preset (default: quantum,linear,sliced).",
            valueName: "name,name,..."))
    var heads: HeadList?
    @Option(
        help: ArgumentHelp(
            "How many seeds, from the configuration's on: 1, 2, ..., n (default: 3).", valueName: "n"))
    var seeds: Int?
    @Option(
        help: ArgumentHelp("The comparison's folder (default: runs/DATASET-comparison).", valueName: "dir"),
        completion: .directory)
    var out: String?
    @OptionGroup(title: "Grid") var grid: GridOptions
    @OptionGroup(title: "Backend") var backend: BackendOptions
    @OptionGroup(title: "Report") var plots: PlotOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let configuration = try makeConfiguration()
        try configuration.validate()
        let plots = try self.plots.writer(default: [.svg])
        let datasets = DatasetStore()
        var whole = configuration.run.dataset
        whole.fold = nil
        let data = try datasets.dataset(whole)
        let (foldCount, tasks) = (data.foldCount, data.tasks.map(\.name))
        let folder = URL(filePath: out ?? "runs/\(configuration.run.dataset.shortName)-comparison")
        let text = try ConfigurationFile.encode(configuration)
        let work = GridWork(options: self.grid, backend: backend, console: output.console)

        let tuning = try Tuning(
            of: configuration, in: folder, foldCount: foldCount, tasks: tasks, text: text)
        var tuned: TuningResult?
        if let tuning {
            output.console.remark("Tuning: \(tuning.grid.runs.count) runs.")
            tuned = try await work.tune(tuning, datasets: datasets, configuration: configuration.run)
        }
        let grid = try configuration.grid(
            in: folder, foldCount: foldCount, tasks: tasks, tuned: tuned, text: text)
        let status = try await work.run(grid, datasets: datasets, configuration: configuration.run)
            .adding(finished: 0, failures: tuned?.failures ?? [], open: 0)
        try work.finish(status) {
            let result = try ComparisonReport.write(grid.manifest, in: folder, plots: plots)
            try output.console.answer(result, text: ComparisonTable.text(result) + result.tuningText)
            output.console.remark("Report: \(result.report)")
        }
    }

    private func makeConfiguration() throws -> ComparisonConfiguration {
        var configuration = try settings.read(
            ComparisonConfiguration(), shipped: ShippedConfiguration.comparisons)
        settings.apply(to: &configuration.run, backend: backend)
        if let heads { configuration.heads = heads.choices }
        if let seeds { configuration.seeds = seeds }
        configuration.run.dataset.makeAbsolute()
        return configuration
    }
}
