import Experiments

/// The parts of a sweep's page.
struct SweepPage {
    let sweep: SweepResult

    var title: String { "Heads against the number of tasks" }

    var facts: String {
        let tasks = Set(sweep.rows.map(\.tasks)).sorted()
        var facts = [
            "\(sweep.dataset) families", NumberText.plural(sweep.labels.count, "head"),
            "T = \(tasks.map { NumberText.count($0) }.joined(separator: ", "))", seedsText,
            "steps of \(NumberText.plural(sweep.batch, "sample"))",
            "at most \(NumberText.plural(sweep.epochs, "epoch"))",
        ]
        let devices = Set(sweep.rows.compactMap(\.device)).sorted()
        if !devices.isEmpty { facts.append(devices.joined(separator: "; ")) }
        return facts.joined(separator: " · ")
    }

    /// How many seeds the scores have, and at which numbers of tasks: `5 seeds to T = 128, 3 seeds beyond`.
    var seedsText: String {
        let scored = sweep.rows.filter { !$0.seeds.isEmpty }
        let byTasks = Dictionary(grouping: scored, by: \.tasks).mapValues { $0.map(\.seeds.count).min() ?? 0 }
        var parts: [String] = []
        var last: Int?
        for (tasks, seeds) in byTasks.sorted(by: { $0.key < $1.key }) where seeds != last {
            parts.append(
                NumberText.plural(seeds, "seed") + (last == nil ? "" : " from T = \(NumberText.count(tasks))")
            )
            last = seeds
        }
        return parts.isEmpty ? "no scores" : NumberText.list(parts)
    }

    var sections: [Markup] {
        HTMLReport.section("Parameters against T", parameters)
            + HTMLReport.section("Score against T", scores)
            + HTMLReport.section("Quantum heads against the others", tests)
            + HTMLReport.section("Score against head parameters", pareto)
            + HTMLReport.section("Cost against T", costs)
            + HTMLReport.section("Resources", resources)
    }

    /// A line per head over the numbers of tasks; heads without values have none.
    ///
    /// Every head keeps its colour in all pictures.
    private func chart(
        _ name: String, yKind: AxisScale.Kind, description: String,
        _ point: (SweepResult.Row) -> LineChart.Point?
    ) -> LineChart? {
        let series = sweep.labels.map { label in
            LineChart.Series(name: label, points: sweep.rows(of: label).compactMap(point))
        }
        guard series.contains(where: { !$0.points.isEmpty }) else { return nil }
        return LineChart(
            title: "\(name) against the number of tasks", description: description,
            xName: "tasks T (logarithmic)", yName: name, xKind: .logarithmic, yKind: yKind, series: series)
    }

    private func costChart(
        _ name: String, _ caption: String, _ value: (SweepResult.Row) -> Double?
    ) -> [Markup] {
        let chart = chart(name, yKind: .logarithmic, description: "A line per head on logarithmic axes.") {
            row in
            value(row).flatMap { $0 > 0 ? LineChart.Point(x: Double(row.tasks), y: $0) : nil }
        }
        return chart.map { [HTMLReport.figure(name, $0.svg, caption: caption)] } ?? []
    }

    private var parameters: [Markup] {
        let figures =
            costChart("head parameters", "What the heads themselves train; dead angles left out.") {
                Double($0.parameters.head)
            }
            + costChart("interface parameters", "The trunk that all heads share; it grows with T as well.") {
                Double($0.parameters.interface)
            }
            + costChart("total parameters", "Head and interface together.") {
                Double($0.parameters.total)
            }
        return HTMLReport.figures(figures) + exponents
    }

    /// The fitted growth of each head's three counts.
    private var exponents: [Markup] {
        var table = HTMLTable(columns: ["head", "head params", "from T", "over all T", "interface", "total"])
        for label in sweep.labels {
            guard let head = sweep.growth(of: label, \.parameters.head) else { continue }
            func text(_ law: PowerLaw?) -> HTMLTable.Cell {
                guard let law else { return "–" }
                return .init(
                    text: NumberText.fixed(law.exponent, 2),
                    detail: law.exponentInterval.map {
                        "\(NumberText.fixed($0.lower, 2)) to \(NumberText.fixed($0.upper, 2))"
                    })
            }
            table.append([
                .init(text: label), text(head.leading), .init(text: NumberText.count(head.leadingFrom)),
                text(head.whole), text(sweep.growth(of: label, \.parameters.interface)?.leading),
                text(sweep.growth(of: label, \.parameters.total)?.leading),
            ])
        }
        guard !table.rows.isEmpty else { return [] }
        return [
            table.markup,
            HTMLReport.note(
                """
                Exponents x of counts that grow as T^x, with 95% intervals: straight lines through the logarithms, by least \
                squares, over the upper half of the range on a logarithmic axis, where the leading term outweighs the rest, and \
                over all T. A count has no chance in it, so that an interval tells how far it is from a pure power.
                """),
        ]
    }

    private var scores: [Markup] {
        guard
            let chart = chart(
                "macro test score", yKind: .linear,
                description: "Mean over tasks and seeds, a line per head.",
                { row in
                    row.score.map {
                        LineChart.Point(
                            x: Double(row.tasks), y: $0.mean, lower: $0.ci95[0], upper: $0.ci95[1])
                    }
                })
        else { return [] }
        let scored = sweep.labels.filter { label in sweep.rows(of: label).contains { $0.score != nil } }
        let tasks = Set(sweep.rows.filter { $0.score != nil }.map(\.tasks)).sorted()
        var table = HTMLTable(columns: ["tasks"] + scored)
        for count in tasks {
            let scores = scored.map { label in sweep.rows(of: label).first { $0.tasks == count }?.score }
            let best = Ranking.best(scores.map { $0?.mean ?? .nan }, largerIsBetter: true)
            table.append(
                [.init(text: NumberText.count(count))]
                    + scores.enumerated().map { index, score in
                        score.map {
                            .init(
                                text: NumberText.fixed($0.mean), detail: "± \(NumberText.fixed($0.std))",
                                isBest: best.contains(index))
                        } ?? "–"
                    })
        }
        return [
            HTMLReport.figure(
                "Macro test score", chart.svg,
                caption: """
                    Means over seeds with 95% bands, bootstrap over test samples and seeds; \(seedsText).
                    """), table.markup,
            HTMLReport.note(
                "Means over tasks, ± one standard deviation over seeds; the best mean of a row is bold."),
        ]
    }

    private var pareto: [Markup] {
        let counts = Set(sweep.rows.filter { $0.score != nil }.map(\.tasks)).sorted()
        guard let first = counts.first, let last = counts.last else { return [] }
        let middle = counts[counts.count / 2]
        let shown = Set([first, middle, last]).sorted()
        return HTMLReport.figures(
            shown.map { count in
                let rows = sweep.labels.map { label in sweep.rows(of: label).first { $0.tasks == count } }
                let points = rows.map { row in
                    ScatterPlot.Point(
                        name: row?.label ?? "", x: Double(max(row?.parameters.head ?? 1, 1)),
                        y: row?.score?.mean ?? .nan, lower: row?.score?.ci95[0] ?? .nan,
                        upper: row?.score?.ci95[1] ?? .nan)
                }
                let plot = ScatterPlot(
                    title: "Macro test score against head parameters at T = \(count)",
                    description:
                        "One marker per head; the dotted line joins heads that no other beats both ways.",
                    xName: "head parameters (logarithmic)", yName: "macro test score", points: points)
                return HTMLReport.figure(
                    "T = \(NumberText.count(count))", plot.svg,
                    caption: "Means with 95% intervals; the dotted line is the Pareto frontier.")
            })
    }

    private var costs: [Markup] {
        HTMLReport.figures(
            costChart("milliseconds a step", "The median training step; logarithmic axes.") {
                $0.secondsPerStep.map { 1000 * $0 }
            }
                + costChart("memory in MB", "The most memory the program held while training.") {
                    $0.memoryMB
                }
                + costChart(
                    "launches a step", "Kernel launches of a training step; a constant if all is well."
                ) {
                    $0.launchesPerStep.map(Double.init)
                })
    }
}
