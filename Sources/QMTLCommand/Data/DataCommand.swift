import ArgumentParser
import Foundation
import QMTL

/// What can be asked of data sets.
struct DataCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "data", abstract: "Look at data sets.", subcommands: [DataCheckCommand.self])
}

/// Holds a data set to its description and prints what is in it.
struct DataCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check a data set and print what is in it.",
        discussion: """
            A set that cannot be trained on ends with status 65 and one sentence on what is wrong, in which file and row. Every \
            fold is checked too.
            """)

    @Argument(
        help: ArgumentHelp(
            "A folder with a dataset.yaml, such a file, or the name of a set.", valueName: "name"))
    var dataset: String
    @Option(
        help: ArgumentHelp(
            "Where the set's arrays are, if not beside its description.", valueName: "dir"))
    var dataFolder: String?
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() throws {
        var choice = DatasetChoice()
        choice.name = dataset
        choice.folder = dataFolder
        let set = try choice.openWithoutFold()
        for fold in 0..<set.foldCount { _ = try set.withFold(fold) }
        let summary = DatasetSummary(set)
        try output.console.answer(summary, text: summary.text)
    }
}

extension DatasetSummary {
    /// The summary as tables.
    var text: String {
        let splits = Split.allCases.map { "\($0)" }
        var taskTable = TextTable(
            [.init("task", .left), .init("kind", .left), .init("metric", .left)]
                + splits.map { .init($0, .right) } + [
                    .init("missing", .right), .init("training labels", .left),
                ])
        for task in tasks {
            let missing = task.labels.values.reduce(0) { $0 + $1.missing }
            taskTable.append(
                [task.name, task.kind, task.metric] + splits.map { "\(task.labels[$0]?.labelled ?? 0)" }
                    + ["\(missing)", task.labels["train"]?.text ?? ""])
        }
        var sourceTable = TextTable(
            [.init("samples of", .left)] + splits.map { .init($0, .right) } + [
                .init("features from", .right), .init("to", .right), .init("mean", .right),
                .init("std", .right), .init("constant", .right),
            ])
        for source in sources {
            let names = source.tasks.prefix(3).joined(separator: ", ")
            let rest = source.tasks.count - 3
            sourceTable.append(
                [rest > 0 ? "\(names) and \(rest) more" : names]
                    + splits.map { "\(source.samples[$0] ?? 0)" }
                    + [Double(source.minimum), Double(source.maximum), source.mean, source.std].map {
                        String(format: "%.3f", $0)
                    } + ["\(source.constantFeatures)"])
        }
        let facts =
            "\(name): \(tasks.count) tasks, \(features) features"
            + (standardized ? ", standardised for training" : "") + (folds > 0 ? ", \(folds) folds" : "")
        return [facts, taskTable.text(), sourceTable.text()].joined(separator: "\n\n")
    }
}

extension DatasetSummary.Labels {
    /// How labels are spread: shares of classes, or mean and deviation.
    fileprivate var text: String {
        if let mean, let std { return String(format: "mean %.3f, std %.3f", mean, std) }
        guard let classes, labelled > 0 else { return "" }
        return classes.map { String(format: "%.1f %%", 100 * Double($0) / Double(labelled)) }
            .joined(separator: ", ")
    }
}
