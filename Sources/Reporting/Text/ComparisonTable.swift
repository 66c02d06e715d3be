import Experiments

/// The tables of a comparison, as `qmtl compare` prints them.
public enum ComparisonTable {
    /// Heads with their scores, parameters and times, every task, and the paired tests.
    public static func text(_ comparison: HeadComparison, styled: Bool = true) -> String {
        var parts = [heads(comparison).text(styled: styled), tasks(comparison).text(styled: styled)]
        if comparison.tests.isEmpty {
            parts.append("One run per head: no test is made, and differences may be chance.")
        } else {
            let primary = comparison.tests.filter { $0.family != .exploratory }
            let shown = primary.isEmpty ? comparison.tests : primary
            parts.append(tests(shown, of: comparison).text(styled: styled))
            let hidden = comparison.tests.count - shown.count
            if hidden > 0 {
                parts.append(
                    "These are the primary pairs; \(NumberText.plural(hidden, "exploratory one")) more in comparison-tests.csv and on the page."
                )
            }
            parts.append("\(comparison.method.intervals)\n\(comparison.method.tests)")
        }
        return parts.joined(separator: "\n\n")
    }

    private static func heads(_ comparison: HeadComparison) -> TextTable {
        let hasGain = comparison.heads.contains { $0.multiTaskGain != nil }
        var table = TextTable(
            [
                .init("head", .left), .init("macro test", .right), .init("95% interval", .right),
                .init("ECE", .right), .init("scaled", .right), .init("head params", .right),
                .init("interface", .right), .init("total", .right), .init("training", .right),
            ] + (hasGain ? [.init("gain", .right)] : []))
        let best = Ranking.best(comparison.heads.map(\.macro.test.mean), largerIsBetter: true)
        for (index, head) in comparison.heads.enumerated() {
            let score = head.macro.test
            table.append(
                [
                    comparison.label(of: head), NumberText.spread(score.mean, score.std),
                    NumberText.interval(score.ci95),
                    head.calibration.map { NumberText.fixed($0.raw.calibrationError.mean) } ?? "",
                    head.calibration.map { NumberText.fixed($0.scaled.calibrationError.mean) } ?? "",
                    NumberText.count(head.parameters.head), NumberText.count(head.parameters.interface),
                    NumberText.count(head.parameters.total), NumberText.duration(head.seconds),
                ]
                    + (hasGain
                        ? [head.multiTaskGain?.mean.map { NumberText.signedPercent($0.mean) } ?? ""] : []),
                emphasized: best.contains(index) ? [1] : [])
        }
        return table
    }

    private static func tasks(_ comparison: HeadComparison) -> TextTable {
        var table = TextTable(
            [.init("task", .left), .init("metric", .left)]
                + comparison.heads.map { .init(comparison.label(of: $0), .right) })
        for row in TaskRow.all(of: comparison) {
            table.append(
                [row.name, row.metric] + row.scores.map { NumberText.spread($0.mean, $0.std) },
                emphasized: Set(row.best.map { $0 + 2 }))
        }
        return table
    }

    private static func tests(
        _ tests: [HeadComparison.PairedTest], of comparison: HeadComparison
    ) -> TextTable {
        var table = TextTable([
            .init("pair", .left), .init("difference", .right), .init("95% interval", .right),
            .init("p (Holm)", .right), .init("d_z", .right), .init("tasks won", .right),
            .init("lost", .right),
        ])
        for test in tests {
            let wins = comparison.significantTasks(test)
            table.append(
                [
                    "\(test.a) - \(test.b)", NumberText.signed(test.effect),
                    NumberText.interval(test.ci95, signed: true),
                    NumberText.fixed(test.p), test.effectSize.map { NumberText.signed($0, 1) } ?? "",
                    "\(wins.a)", "\(wins.b)",
                ], emphasized: test.p < Verdict.significanceLevel ? [3] : [])
        }
        return table
    }
}
