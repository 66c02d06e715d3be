import Experiments

/// The parts of the page of a run's scores under noise and from shots.
struct EvaluationPage {
    let sweep: NoiseSweep

    var title: String { "Scores of \(sweep.evaluations.first?.run ?? "no run")" }

    var facts: String {
        guard let first = sweep.evaluations.first else { return "" }
        return "\(first.dataset) · \(first.split) · \(first.backend)"
    }

    /// The range of scores over everything that was measured.
    var verdict: [String] {
        guard let best = sweep.evaluations.max(by: { $0.macro < $1.macro }),
            let worst = sweep.evaluations.min(by: { $0.macro < $1.macro }), best.macro > worst.macro
        else { return [] }
        return [
            """
            The macro score lies between \(NumberText.fixed(worst.macro)) (\(Self.way(worst))) and \
            \(NumberText.fixed(best.macro)) (\(Self.way(best))).
            """
        ]
    }

    var sections: [Markup] {
        HTMLReport.section("Against noise and shots", HTMLReport.figures(strengthCharts + shotCharts))
            + HTMLReport.section("Scores", [table])
    }

    /// Score against strength, for each kind of built-in noise that was given with several strengths.
    private var strengthCharts: [Markup] {
        let strengths = sweep.evaluations.map { Strength($0.noise) }
        let kinds = Set(strengths.compactMap { $0?.kind }).sorted()
        return kinds.compactMap { kind in
            let rows = zip(sweep.evaluations, strengths).compactMap { evaluation, strength in
                strength.flatMap { $0.kind == nil || $0.kind == kind ? (evaluation, $0.value) : nil }
            }
            guard Set(rows.map(\.1)).count > 1 else { return nil }
            let series = Set(rows.map(\.0.shots)).sorted { ($0 ?? .max) < ($1 ?? .max) }.flatMap { shots in
                lines(
                    rows.filter { $0.0.shots == shots }.sorted { $0.1 < $1.1 },
                    name: shots.map { "\(NumberText.count($0)) shots" } ?? "exact")
            }
            let chart = LineChart(
                title: "Score against \(kind)", description: "Macro score against the strength of noise.",
                xName: "\(kind), strength", yName: "macro score", series: series)
            return HTMLReport.figure(
                "Score against \(kind)", chart.svg,
                caption: "Bands: 95% of resampled test samples, each with shots of its own.")
        }
    }

    /// Score against shots, where several numbers of them were given.
    private var shotCharts: [Markup] {
        let rows = sweep.evaluations.compactMap { evaluation in
            evaluation.shots.map { (evaluation, Double($0)) }
        }
        guard Set(rows.map(\.1)).count > 1 else { return [] }
        var seen: Set<String> = []
        let names = rows.map { $0.0.noise ?? "none" }.filter { seen.insert($0).inserted }
        let chart = LineChart(
            title: "Score against shots", description: "Macro score against shots per measurement setting.",
            xName: "shots per measurement setting", yName: "macro score", xKind: .logarithmic,
            series: names.flatMap { name in
                lines(rows.filter { ($0.0.noise ?? "none") == name }.sorted { $0.1 < $1.1 }, name: name)
            })
        return [
            HTMLReport.figure(
                "Score against shots", chart.svg,
                caption: "Bands: 95% of resampled test samples, each with shots of its own.")
        ]
    }

    /// A line of scores, and another without mitigation where there is one.
    private func lines(_ rows: [(RunEvaluation, Double)], name: String) -> [LineChart.Series] {
        func point(_ x: Double, _ y: Double, _ interval: [Double]) -> LineChart.Point {
            .init(x: x, y: y, lower: interval[0], upper: interval[1])
        }
        let scores = LineChart.Series(
            name: name, points: rows.map { point($0.1, $0.0.macro, $0.0.macroInterval) })
        let raw = rows.compactMap { evaluation, x in
            evaluation.unmitigated.map { point(x, $0.macro, $0.macroInterval) }
        }
        return raw.isEmpty ? [scores] : [scores, .init(name: "\(name), unmitigated", points: raw)]
    }

    private var table: Markup {
        let isMitigated = sweep.evaluations.contains { $0.unmitigated != nil }
        var table = HTMLTable(
            columns: ["noise", "shots", "macro", "95% interval", "standard error of a readout"]
                + (isMitigated ? ["unmitigated", "95% interval"] : []))
        for evaluation in sweep.evaluations {
            var row = [
                evaluation.noise ?? "none", EvaluationTable.effort(evaluation),
                EvaluationTable.number(evaluation.macro), EvaluationTable.interval(evaluation.macroInterval),
                evaluation.standardError.map { NumberText.significant($0) } ?? "",
            ]
            if isMitigated {
                row.append(EvaluationTable.number(evaluation.unmitigated?.macro))
                row.append(evaluation.unmitigated.map { EvaluationTable.interval($0.macroInterval) } ?? "")
            }
            table.append(row.map { .init(text: $0) })
        }
        return table.markup
    }

    private static func way(_ evaluation: RunEvaluation) -> String {
        let noise = evaluation.noise.map { "under \($0)" } ?? "without noise"
        if let count = evaluation.trajectories {
            return noise + ", \(NumberText.count(count)) trajectories"
        }
        return noise + (evaluation.shots.map { ", \(NumberText.plural($0, "shot"))" } ?? ", exact values")
    }

    /// The strength in the name of a built-in model, such as `depolarizing:0.01`; none at all is 0 of every kind.
    private struct Strength {
        let kind: String?
        let value: Double

        init?(_ noise: String?) {
            guard let noise else {
                (kind, value) = (nil, 0)
                return
            }
            let parts = noise.split(separator: ":")
            guard parts.count == 2, let value = Double(parts[1]) else { return nil }
            (kind, self.value) = (String(parts[0]), value)
        }
    }
}
