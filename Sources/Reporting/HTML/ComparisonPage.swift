import Experiments
import Training

/// The parts of a comparison's page.
struct ComparisonPage {
    let comparison: HeadComparison
    let runs: [RunResult]
    let histories: [[EpochRecord]]

    /// With more heads than this a picture with a series for each is folded away, and heads go down tables.
    static let seriesLimit = 6
    /// Tables of more tasks than this are folded away.
    static let openTaskLimit = 24

    var title: String { "Heads compared on \(comparison.dataset)" }

    /// The heads' names, in order.
    var labels: [String] { comparison.heads.map(comparison.label(of:)) }

    var facts: String {
        let seeds = Set(comparison.heads.first?.seeds ?? []).sorted()
        var facts = [
            comparison.heads.count > Self.seriesLimit
                ? NumberText.plural(comparison.heads.count, "head") : NumberText.list(labels),
            "\(seeds.count == 1 ? "seed" : "seeds") \(seeds.map(String.init).joined(separator: ", "))",
        ]
        if let folds = comparison.heads.first?.folds {
            facts.append(NumberText.plural(Set(folds).count, "fold"))
        }
        facts.append(NumberText.plural(comparison.heads.first?.tasks.count ?? 0, "task"))
        if let run = runs.first {
            facts.append(
                """
                \(NumberText.count(run.samples.train)) training, \(NumberText.count(run.samples.validation)) validation, \
                \(NumberText.count(run.samples.test)) test samples
                """)
            facts.append("\(run.backend) backend, \(run.device)")
        }
        return facts.joined(separator: " · ")
    }

    var sections: [Markup] {
        HTMLReport.section("Heads", heads) + HTMLReport.section("Scores by task", tasks)
            + HTMLReport.section("Score against parameters", parameters)
            + HTMLReport.section("Paired tests", tests)
            + HTMLReport.section("Multi-task gain", gains)
            + HTMLReport.section("Calibration", calibration)
            + HTMLReport.section("Confusion", confusion)
            + HTMLReport.section("Learning", LearningCurves(page: self).figures)
            + HTMLReport.section("Gradient conflict", conflict)
            + HTMLReport.section("Tuning", tuning)
            + HTMLReport.section("Failures", failures)
    }

    /// The runs of a head with their histories.
    func runs(of head: HeadComparison.Head) -> [(run: RunResult, history: [EpochRecord])] {
        zip(runs, histories).filter { $0.0.head == head.head && $0.0.preset == head.preset }.map { ($0, $1) }
    }

    /// `content` as it is for few heads, folded away under `summary` for many.
    func folded(_ summary: String, _ content: [Markup]) -> [Markup] {
        guard comparison.heads.count > Self.seriesLimit, !content.isEmpty else { return content }
        return [Markup("details", [:], [Markup("summary", text: summary)] + content)]
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
                .init(text: labels[index]),
                .init(text: NumberText.spread(test.mean, test.std), isBest: best.contains(index)),
                .init(text: NumberText.interval(test.ci95)),
                .init(text: NumberText.spread(validation.mean, validation.std)),
                .init(text: NumberText.count(head.parameters.head)),
                .init(text: NumberText.count(head.parameters.interface)),
                .init(text: NumberText.count(head.parameters.total)),
                .init(text: NumberText.duration(head.seconds)),
            ])
        }
        var remarks = """
            Scores are means over tasks, ± one standard deviation over runs. \(comparison.method.intervals) The interface is the \
            trunk all heads share.
            """
        for (head, label) in zip(comparison.heads, labels) where head.parameters.dead > 0 {
            remarks += """
                 \(label) has \(NumberText.plural(head.parameters.dead, "dead angle")) that no readout can see; they are cut \
                and not counted.
                """
        }
        return [table.markup, HTMLReport.note(remarks)] + forest
    }

    /// The macro scores with their intervals, best first.
    private var forest: [Markup] {
        let rows = zip(labels, comparison.heads.map(\.macro.test)).filter { $0.1.mean.isFinite }
            .sorted { $0.1.mean > $1.1.mean }
        guard rows.count > 1 else { return [] }
        let plot = TaskPlot(
            title: "Macro test score of each head", description: "A row per head with its 95% interval.",
            xName: "macro test score", series: ["macro test score"],
            rows: rows.map { name, score in
                (name, [.init(mean: score.mean, lower: score.ci95[0], upper: score.ci95[1])])
            })
        return [
            HTMLReport.figure("Macro test score", plot.svg, caption: "Means with 95% intervals, best first.")
        ]
    }

    private var conflict: [Markup] {
        ConflictSection.content(
            zip(labels, comparison.heads).map { ($0, runs(of: $1).map(\.run)) })
    }

    private var parameters: [Markup] {
        guard comparison.heads.count > 1 else { return [] }
        func plot(_ name: String, _ count: (RunResult.Parameters) -> Int) -> ScatterPlot {
            ScatterPlot(
                title: "Macro test score against \(name)",
                description:
                    "One marker per head; the dotted line joins heads that no other beats in both directions.",
                xName: "\(name) (logarithmic)", yName: "macro test score",
                points: zip(labels, comparison.heads).map { label, head in
                    let score = head.macro.test
                    return .init(
                        name: label, x: Double(max(count(head.parameters), 1)), y: score.mean,
                        lower: score.ci95[0], upper: score.ci95[1])
                })
        }
        let caption = "Means with 95% intervals; the dotted line is the Pareto frontier of the means."
        return HTMLReport.figures([
            HTMLReport.figure("Head parameters", plot("head parameters", \.head).svg, caption: caption),
            HTMLReport.figure(
                "Total parameters", plot("total parameters", \.total).svg,
                caption: "The same with the shared trunk counted."),
        ])
    }
}
