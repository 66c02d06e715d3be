import Experiments

extension ComparisonPage {
    /// Every task under every head; what there is more of goes down.
    var tasks: [Markup] {
        let rows = TaskRow.all(of: comparison)
        guard !rows.isEmpty else { return [] }
        let headsGoDown = labels.count > Self.seriesLimit && rows.count <= Self.openTaskLimit
        let table = headsGoDown ? headRows(rows) : taskRows(rows)
        guard rows.count <= Self.openTaskLimit else {
            return [
                Markup(
                    "details", [:],
                    [Markup("summary", text: "All \(NumberText.count(rows.count)) tasks"), table.markup])
            ]
        }
        let metric = Self.commonMetric(rows).map { " (\($0))" } ?? ""
        let note = HTMLReport.note(
            "Test scores\(metric), means with one standard deviation over runs; the best mean of a task is bold."
        )
        return [table.markup, note] + plot(rows)
    }

    private func cell(_ row: TaskRow, _ head: Int) -> HTMLTable.Cell {
        let score = row.scores[head]
        return HTMLTable.Cell(
            text: NumberText.fixed(score.mean), detail: "± \(NumberText.fixed(score.std))",
            isBest: row.best.contains(head))
    }

    private func taskRows(_ rows: [TaskRow]) -> HTMLTable {
        // The metric comes last: on a phone the scores are what should be in view.
        var table = HTMLTable(columns: ["task"] + labels + ["metric"], textColumns: [0, labels.count + 1])
        for row in rows {
            table.append(
                [.init(text: row.name)] + labels.indices.map { cell(row, $0) } + [.init(text: row.metric)])
        }
        return table
    }

    private func headRows(_ rows: [TaskRow]) -> HTMLTable {
        var table = HTMLTable(columns: ["head"] + rows.map(\.name))
        for (index, label) in labels.enumerated() {
            table.append([.init(text: label)] + rows.map { cell($0, index) })
        }
        if Self.commonMetric(rows) == nil {
            table.append(["metric"] + rows.map { .init(text: $0.metric) }, isTotal: true)
        }
        return table
    }

    /// The metric of all tasks; nil where they differ.
    private static func commonMetric(_ rows: [TaskRow]) -> String? {
        Set(rows.map(\.metric)).count == 1 ? rows[0].metric : nil
    }

    private func plot(_ rows: [TaskRow]) -> [Markup] {
        guard rows.count > 1 else { return [] }
        let mixed = Set(rows.map(\.metric)).count > 1
        let plot = TaskPlot(
            title: "Test score of each task", description: "A row per task and a marker per head.",
            xName: mixed ? "test score (each task's own metric)" : "test \(rows[0].metric)", series: labels,
            rows: rows.map { row in
                (
                    row.name,
                    row.scores.map { .init(mean: $0.mean, lower: $0.ci95[0], upper: $0.ci95[1]) }
                )
            })
        return folded(
            "Every task under every head as a picture",
            [
                HTMLReport.figure(
                    "Test score, task by task", plot.svg, caption: "Means with 95% intervals.")
            ])
    }
}
