import Experiments

extension ComparisonPage {
    /// More rows than this are folded away.
    private static let openRowLimit = 12

    /// What a search has chosen for each head, and its cost.
    var tuning: [Markup] {
        guard let tuning = comparison.tuning else { return [] }
        let keys = Set(tuning.choices.flatMap(\.values.keys)).sorted()
        let hasTasks = tuning.choices.contains { $0.task != nil }
        let hasFolds = tuning.choices.contains { $0.fold != nil }
        var table = HTMLTable(
            columns: ["head"] + (hasTasks ? ["task"] : []) + (hasFolds ? ["fold"] : []) + keys
                + ["validation"], textColumns: hasTasks ? [0, 1] : [0])
        for choice in tuning.choices {
            var cells: [HTMLTable.Cell] = [.init(text: choice.head.name)]
            if hasTasks { cells.append(.init(text: choice.task ?? "all")) }
            if hasFolds { cells.append(.init(text: choice.fold.map(String.init) ?? "–")) }
            cells += keys.map { .init(text: choice.values[$0] ?? "–") }
            table.append(cells + [.init(text: NumberText.fixed(choice.validation))])
        }
        return Self.folded("What was chosen for whom", table) + [
            HTMLReport.note(
                """
                \(tuning.search == .grid ? "Every combination" : "A random choice of combinations"): \
                \(NumberText.plural(tuning.trials, "trial")) for every head\(hasTasks ? ", task learnt alone" : "")\
                \(hasFolds ? " and fold" : ""), \(NumberText.plural(tuning.runs, "run")) in all, \
                \(NumberText.duration(tuning.seconds)) of training. Chosen by the mean score on validation.
                """)
        ]
    }

    /// What ended with an error.
    var failures: [Markup] {
        guard let failures = comparison.failures else { return [] }
        var table = HTMLTable(columns: ["run", "error"], textColumns: [0, 1])
        for failure in failures { table.append([.init(text: failure.run), .init(text: failure.error)]) }
        return Self.folded("Every failure", table)
    }

    private static func folded(_ summary: String, _ table: HTMLTable) -> [Markup] {
        guard table.rows.count > openRowLimit else { return [table.markup] }
        return [
            Markup(
                "details", [:],
                [
                    Markup("summary", text: "\(summary) (\(NumberText.plural(table.rows.count, "row")))"),
                    table.markup,
                ])
        ]
    }
}
