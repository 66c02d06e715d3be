import Experiments

/// The table of `qmtl sweep`.
public enum SweepTable {
    /// Heads by numbers of tasks, then the growth of each head's parameters.
    public static func text(_ sweep: SweepResult, styled: Bool = true) -> String {
        var table = TextTable([
            .init("head", .left), .init("tasks", .right), .init("head params", .right),
            .init("interface", .right), .init("total", .right), .init("step", .right),
            .init("memory", .right), .init("macro test", .right), .init("seeds", .right),
        ])
        for row in sweep.rows {
            let parameters = row.parameters
            table.append(
                [row.label]
                    + [row.tasks, parameters.head, parameters.interface, parameters.total]
                    .map(NumberText.count)
                    + [
                        row.secondsPerStep.map { NumberText.fixed($0 * 1000, 2) + " ms" } ?? "",
                        row.memoryMB.map { NumberText.fixed($0, 0) + " MB" } ?? "",
                        row.score.map { "\(NumberText.fixed($0.mean)) ± \(NumberText.fixed($0.std))" } ?? "",
                        row.seeds.isEmpty ? "" : "\(row.seeds.count)",
                    ])
        }
        let growth = sweep.exponents.map { exponent in
            var line =
                "\(SweepResult.label(exponent.head, exponent.preset)): head parameters grow as "
                + "T^\(NumberText.fixed(exponent.exponent, 2))"
            if let interval = exponent.ci95 {
                line +=
                    " (95% interval \(NumberText.fixed(interval[0], 2)) to \(NumberText.fixed(interval[1], 2)))"
            }
            line +=
                ", as T^\(NumberText.fixed(exponent.leading, 2)) from T = \(NumberText.count(exponent.leadingFrom)) on"
            return "\(line): \(exponent.formula)"
        }
        return ([table.text(styled: styled)] + (growth.isEmpty ? [] : [growth.joined(separator: "\n")]))
            .joined(separator: "\n\n")
    }
}
