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
    @OptionGroup(title: "Backend") var backend: BackendOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let checkpoint = try RunFolder(URL(filePath: folder)).checkpoint()
        let backend = try self.backend.makeBackend(
            configured: checkpoint.configuration.backend, memory: checkpoint.configuration.memory,
            console: output.console)
        let trained = try TrainedModel(checkpoint, backend: backend)
        var choice = checkpoint.configuration.dataset
        if let dataset { (choice.name, choice.folder, choice.fold) = (dataset, nil, nil) }
        if let dataFolder { choice.folder = dataFolder }
        let data = try choice.open()
        let evaluation = RunEvaluation(
            run: folder, dataset: data.name, split: "\(split)", backend: backend.capabilities.name,
            tasks: try await trained.evaluate(data, split: split))
        try output.console.answer(evaluation, text: evaluation.text)
    }
}

/// The answer of `qmtl evaluate --json`.
struct RunEvaluation: Encodable {
    let run: String
    let dataset: String
    let split: String
    let backend: String
    let tasks: [TaskEvaluation]
    /// The mean score over tasks, errors counted negative.
    let macro: Double

    init(run: String, dataset: String, split: String, backend: String, tasks: [TaskEvaluation]) {
        (self.run, self.dataset, self.split, self.backend) = (run, dataset, split, backend)
        self.tasks = tasks
        let merits = tasks.map { task in Metric(rawValue: task.metric)?.merit(task.score) ?? task.score }
        macro = merits.reduce(0, +) / Double(merits.count)
    }

    var text: String {
        func number(_ value: Double?) -> String { value.map { String(format: "%.3f", $0) } ?? "" }
        var table = TextTable([
            .init("task", .left), .init("metric", .left), .init(split, .right), .init("loss", .right),
            .init("calibration error", .right), .init("Brier score", .right),
        ])
        for task in tasks {
            table.append([
                task.name, task.metric, number(task.score), number(task.loss), number(task.calibrationError),
                number(task.brier),
            ])
        }
        table.append(["macro", "", number(macro), "", "", ""], emphasized: [0, 2])
        return table.text()
    }
}
