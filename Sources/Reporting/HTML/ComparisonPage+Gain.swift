import Experiments

extension ComparisonPage {
    /// What learning the tasks together is worth beside learning each alone.
    var gains: [Markup] {
        let gained = zip(labels, comparison.heads).compactMap { label, head in
            head.multiTaskGain.map { (label: label, head: head, gain: $0) }
        }
        guard let first = gained.first else { return [] }
        let tasks = first.gain.tasks.count <= Self.openTaskLimit ? first.gain.tasks.map(\.name) : []
        var table = HTMLTable(
            columns: ["head", "mean gain"] + tasks + [
                "parameters alone", "together", "training alone", "together",
            ])
        for (label, head, gain) in gained {
            table.append(
                [.init(text: label), Self.cell(gain.mean)]
                    + tasks.indices.map { index in
                        let (alone, together) = (gain.tasks[index].alone, head.tasks[index].test)
                        return .init(
                            text: gain.tasks[index].change.map { NumberText.signedPercent($0.mean) } ?? "–",
                            detail: "\(NumberText.fixed(alone.mean)) to \(NumberText.fixed(together.mean))")
                    }
                    + [
                        .init(text: NumberText.count(gain.parameters.total)),
                        .init(text: NumberText.count(head.parameters.total)),
                        .init(text: NumberText.duration(gain.seconds)),
                        .init(text: NumberText.duration(head.seconds)),
                    ])
        }
        return [
            table.markup,
            HTMLReport.note(
                """
                The gain of a task is (together − alone) / |alone|: the test score where all tasks are learnt together, beside \
                that of a model for this task only, with the same kind of head, seeds, splits and search for settings. \
                Positive is in favour of learning together; of errors the smaller is the better. Small print: alone to \
                together; below the mean its 95% interval, Student's t over \(first.head.folds == nil ? "seeds" : "folds"). \
                Parameters and training seconds alone are those of all single-task models together. Over \
                \(NumberText.plural(first.gain.runs, "run")) each way.
                """),
        ]
    }

    private static func cell(_ gain: HeadComparison.Summary?) -> HTMLTable.Cell {
        guard let gain else { return "–" }
        return .init(
            text: NumberText.signedPercent(gain.mean),
            detail: gain.ci95.map { NumberText.signedPercent($0) }.joined(separator: " to "))
    }
}
