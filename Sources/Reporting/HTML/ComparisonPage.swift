import Experiments
import Training

/// The parts of a comparison's page.
struct ComparisonPage {
    let comparison: HeadComparison
    let runs: [RunResult]
    let histories: [[EpochRecord]]

    /// Tables of more tasks than this are folded away.
    private static let openTaskLimit = 24

    var title: String { "Heads compared on \(comparison.dataset)" }

    var facts: String {
        let seeds = comparison.heads.first?.seeds ?? []
        var facts = [
            NumberText.list(comparison.heads.map(comparison.label(of:))),
            "\(seeds.count == 1 ? "seed" : "seeds") \(seeds.map(String.init).joined(separator: ", "))",
            NumberText.plural(comparison.heads.first?.tasks.count ?? 0, "task"),
        ]
        if let run = runs.first { facts.append("\(run.backend) backend, \(run.device)") }
        return facts.joined(separator: " · ")
    }

    var sections: [Markup] {
        HTMLReport.section("Heads", heads) + HTMLReport.section("Scores by task", tasks)
            + HTMLReport.section("Score against parameters", parameters)
            + HTMLReport.section("Learning", LearningCurves(page: self).figures)
            + HTMLReport.section("Errors and calibration", errorsAndCalibration)
            + HTMLReport.section("Paired tests", tests)
    }

    /// The runs of a head with their histories.
    func runs(of head: HeadComparison.Head) -> [(run: RunResult, history: [EpochRecord])] {
        zip(runs, histories).filter { $0.0.head == head.head && $0.0.preset == head.preset }.map { ($0, $1) }
    }

    private var heads: [Markup] {
        var table = HTMLTable(columns: [
            "head", "macro test", "95% interval", "macro validation", "head params", "interface", "total",
            "training",
        ])
        let best = Ranking.best(comparison.heads.map(\.macro.test.mean), largerIsBetter: true)
        for (index, head) in comparison.heads.enumerated() {
            let (test, validation) = (head.macro.test, head.macro.validation)
            table.append([
                .init(text: comparison.label(of: head)),
                .init(text: NumberText.spread(test.mean, test.std), isBest: best.contains(index)),
                .init(text: "\(NumberText.fixed(test.ci95[0])) to \(NumberText.fixed(test.ci95[1]))"),
                .init(text: NumberText.spread(validation.mean, validation.std)),
                .init(text: NumberText.count(head.parameters.head)),
                .init(text: NumberText.count(head.parameters.interface)),
                .init(text: NumberText.count(head.parameters.total)),
                .init(text: NumberText.duration(head.seconds)),
            ])
        }
        var remarks = """
            Scores are means over tasks, ± one standard deviation over seeds; intervals are Student's t for the mean. The \
            interface is the trunk all heads share.
            """
        for head in comparison.heads where head.parameters.dead > 0 {
            remarks += """
                 \(comparison.label(of: head)) has \(NumberText.plural(head.parameters.dead, "dead angle")) that no readout can \
                see; they are cut and not counted.
                """
        }
        return [table.markup, HTMLReport.note(remarks)]
    }

    private var tasks: [Markup] {
        let rows = TaskRow.all(of: comparison)
        guard let metric = rows.first?.metric else { return [] }
        let labels = comparison.heads.map(comparison.label(of:))
        // The metric comes last: on a phone the scores are what should be in view.
        var table = HTMLTable(columns: ["task"] + labels + ["metric"], textColumns: [0, labels.count + 1])
        for row in rows {
            let scores = row.scores.enumerated().map { index, score in
                HTMLTable.Cell(
                    text: NumberText.spread(score.mean, score.std), isBest: row.best.contains(index))
            }
            table.append([.init(text: row.name)] + scores + [.init(text: row.metric)])
        }
        guard rows.count <= Self.openTaskLimit else {
            return [
                Markup(
                    "details", [:],
                    [Markup("summary", text: "All \(NumberText.count(rows.count)) tasks"), table.markup])
            ]
        }
        var content: [Markup] = [table.markup]
        if rows.count > 1 {
            let mixed = Set(rows.map(\.metric)).count > 1
            let plot = TaskPlot(
                title: "Test score of each task", description: "A row per task and a marker per head.",
                xName: mixed ? "test score (each task's own metric)" : "test \(metric)", series: labels,
                rows: rows.map { row in
                    (
                        row.name,
                        row.scores.map {
                            .init(mean: $0.mean, lower: $0.mean - $0.std, upper: $0.mean + $0.std)
                        }
                    )
                })
            content.append(
                HTMLReport.figure(
                    "Test score, task by task", plot.svg,
                    caption: "Means with one standard deviation over seeds."))
        }
        return content
    }

    private var parameters: [Markup] {
        guard comparison.heads.count > 1 else { return [] }
        func plot(_ name: String, _ count: (RunResult.Parameters) -> Int) -> ScatterPlot {
            ScatterPlot(
                title: "Macro test score against \(name)",
                description:
                    "One marker per head; the dotted line joins heads that no other beats in both directions.",
                xName: "\(name) (logarithmic)", yName: "macro test score",
                points: comparison.heads.map { head in
                    let score = head.macro.test
                    return .init(
                        name: comparison.label(of: head), x: Double(max(count(head.parameters), 1)),
                        y: score.mean,
                        lower: score.mean - score.std, upper: score.mean + score.std)
                })
        }
        let caption =
            "Means with one standard deviation over seeds; the dotted line is the Pareto frontier of the means."
        return HTMLReport.figures([
            HTMLReport.figure("Head parameters", plot("head parameters", \.head).svg, caption: caption),
            HTMLReport.figure(
                "Total parameters", plot("total parameters", \.total).svg,
                caption: "The same with the shared trunk counted."),
        ])
    }

    private var errorsAndCalibration: [Markup] {
        let series = comparison.heads.compactMap {
            head -> (name: String, bins: [RunResult.ReliabilityBin])? in
            let bins = runs(of: head).flatMap { $0.run.tasks.flatMap { $0.reliability ?? [] } }
            return bins.isEmpty ? nil : (comparison.label(of: head), ReliabilityPlot.pooled(bins))
        }
        var figures: [Markup] = []
        if !series.isEmpty {
            let plot = ReliabilityPlot(title: "Reliability on the test splits", series: series)
            figures.append(
                HTMLReport.figure(
                    "Reliability", plot.svg, caption: ReliabilityPlot.caption + " All seeds are pooled."))
        }
        for head in comparison.heads {
            let runs = runs(of: head).map(\.run)
            guard let first = runs.first, let task = ConfusionPlot.mostTelling(first.tasks) else { continue }
            let matrices = runs.compactMap { run in run.tasks.first { $0.name == task.name }?.confusion }
            let label = comparison.label(of: head)
            let plot = ConfusionPlot(
                title: "Confusion matrix of \(task.name) under \(label)", counts: Self.sum(matrices))
            figures.append(
                HTMLReport.figure(
                    "Confusion: \(task.name), \(label)", plot.svg,
                    caption: ConfusionPlot.caption + " All seeds are pooled."))
        }
        return HTMLReport.figures(figures)
    }

    private static func sum(_ matrices: [[[Int]]]) -> [[Int]] {
        guard let first = matrices.first else { return [] }
        return matrices.dropFirst().reduce(first) { total, matrix in
            zip(total, matrix).map { zip($0, $1).map { $0 + $1 } }
        }
    }

    private var tests: [Markup] {
        guard !comparison.tests.isEmpty else { return [] }
        var table = HTMLTable(columns: ["pair", "difference", "p", ""], textColumns: [0, 3], isNarrow: true)
        for test in comparison.tests {
            let significant = test.p < Verdict.significanceLevel
            table.append([
                .init(text: "\(test.a) − \(test.b)"), .init(text: NumberText.signed(test.effect)),
                .init(text: test.p < 0.001 ? "< 0.001" : NumberText.fixed(test.p), isBest: significant),
                .init(text: significant ? "significant" : "not significant"),
            ])
        }
        return [
            table.markup,
            HTMLReport.note(
                """
                Two-sided paired t-tests of macro test scores over seeds, Holm-adjusted over all pairs, at the \
                \(NumberText.fixed(Verdict.significanceLevel, 2)) level.
                """),
        ]
    }
}
