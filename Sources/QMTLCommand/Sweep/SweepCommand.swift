import ArgumentParser
import Configuration
import Foundation
import QMTL

/// Heads against a growing number of tasks.
struct SweepCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep", abstract: "Measure parameters, cost and scores of heads as tasks are added.",
        discussion: """
            'qmtl sweep scaling' is the experiment that comes with the program: every head from two tasks to a thousand.

            Tasks are families of the embedded digits: divisions of the ten digits into two groups up to 511, synthetic \
            beyond. Every run has a folder of its own, OUT/tasks-T/HEAD/seed-N, and every cost is beside them. A sweep is \
            stopped, continued and shared among processes as a comparison is.
            """)

    @OptionGroup(title: "Configuration") var settings: ConfigurationOptions
    @Option(help: ArgumentHelp("Numbers of tasks (default: 2,4,8,...,1024).", valueName: "T,T,..."))
    var tasks: List<Int>?
    @Option(
        help: ArgumentHelp(
            "Heads to train, or all (default: quantum,linear,sliced).", valueName: "name,name,..."))
    var heads: HeadList?
    @Option(help: ArgumentHelp("How many seeds at every number of tasks (default: 3).", valueName: "n"))
    var seeds: Int?
    @Option(
        help: ArgumentHelp("The sweep's folder (default: runs/sweep).", valueName: "dir"),
        completion: .directory)
    var out: String?
    @OptionGroup(title: "Grid") var grid: GridOptions
    @OptionGroup(title: "Backend") var backend: BackendOptions
    @OptionGroup(title: "Report") var plots: PlotOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let console = output.console
        let configuration = try makeConfiguration()
        try configuration.validate()
        let plots = try self.plots.writer(default: [.svg])
        let folder = URL(filePath: out ?? "runs/sweep")
        let grid = configuration.grid(in: folder, text: try ConfigurationFile.encode(configuration))
        let datasets = DatasetStore()
        let costs = SweepCosts(configuration, in: folder)
        let work = GridWork(options: self.grid, backend: backend, console: console)
        // First, while the program holds little memory and runs nothing else.
        try await measure(costs, configuration: configuration.run)
        let status = try await work.run(grid, datasets: datasets, configuration: configuration.run)
        let (failures, open) = (costs.failures, costs.open)
        let whole = status.adding(
            finished: costs.places.count - failures.count - open, failures: failures, open: open)
        try work.finish(whole) {
            let result = try SweepReport.write(grid.manifest, in: folder, plots: plots)
            try console.answer(result, text: SweepTable.text(result))
            console.remark("Report: \(result.report)")
        }
    }

    private func measure(_ costs: SweepCosts, configuration: RunConfiguration) async throws {
        let quiet = Console(isJSON: output.json, isQuiet: true)
        ProductThreads.limit(to: backend.threadCount)
        let backend = try self.backend.makeBackend(
            configured: configuration.backend, memory: configuration.memory, console: quiet)
        let progress = Progress(output.console)
        defer { progress.clear() }
        do {
            try await costs.measure(on: backend, shard: grid.shard ?? .whole) {
                progress.update($1, "timing \($0)", isMilestone: false)
            }
        } catch is CancellationError {
            progress.clear()
            throw CommandError.interrupted(folder: costs.folder.relativePath, remedy: GridWork.remedy)
        }
    }

    private func makeConfiguration() throws -> SweepConfiguration {
        var configuration = try settings.read(
            SweepConfiguration(), shipped: ShippedConfiguration.sweeps)
        settings.apply(to: &configuration.run, backend: backend)
        if let tasks { configuration.tasks = tasks.elements }
        if let heads { configuration.heads = heads.choices }
        if let seeds {
            configuration.seeds = seeds
            configuration.manyTasks = nil
        }
        return configuration
    }
}
