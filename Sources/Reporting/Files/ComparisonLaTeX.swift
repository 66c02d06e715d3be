import Experiments

/// A comparison as a LaTeX table for the `booktabs` package: tasks down, heads across.
public enum ComparisonLaTeX {
    /// The `tabular` environment; the best mean of a row is bold.
    public static func text(_ comparison: HeadComparison) -> String {
        let heads = comparison.heads
        var lines = [
            "% \(escaped(comparison.dataset)): mean and standard deviation of test scores over "
                + NumberText.plural(heads.first?.seeds.count ?? 0, "seed"),
            "\\begin{tabular}{l\(String(repeating: "r", count: heads.count))}", "\\toprule",
            row("Task", heads.map { escaped(comparison.label(of: $0)) }), "\\midrule",
        ]
        for task in TaskRow.all(of: comparison) {
            lines.append(
                row("\(escaped(task.name)) (\(escaped(task.metric)))", scores(task.scores, best: task.best)))
        }
        let macro = heads.map(\.macro.test)
        let best = Ranking.best(macro.map(\.mean), largerIsBetter: true)
        lines += ["\\midrule", row("Macro", scores(macro, best: best)), "\\midrule"]
        lines.append(row("Head parameters", heads.map { grouped($0.parameters.head) }))
        lines.append(row("Interface parameters", heads.map { grouped($0.parameters.interface) }))
        lines.append(row("Total parameters", heads.map { grouped($0.parameters.total) }))
        lines.append(row("Training seconds", heads.map { NumberText.fixed($0.seconds, 1) }))
        lines += ["\\bottomrule", "\\end{tabular}", ""]
        return lines.joined(separator: "\n")
    }

    private static func row(_ title: String, _ cells: [String]) -> String {
        ([title] + cells).joined(separator: " & ") + " \\\\"
    }

    private static func scores(_ scores: [HeadComparison.Summary], best: Set<Int>) -> [String] {
        scores.enumerated().map { index, score in
            let mean = NumberText.fixed(score.mean)
            return
                "$\(best.contains(index) ? "\\mathbf{\(mean)}" : mean) \\pm \(NumberText.fixed(score.std))$"
        }
    }

    private static func grouped(_ count: Int) -> String {
        NumberText.count(count).replacing(",", with: "\\,")
    }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "&", "%", "$", "#", "_", "{", "}": result += "\\\(character)"
            case "\\": result += "\\textbackslash{}"
            case "~": result += "\\textasciitilde{}"
            case "^": result += "\\textasciicircum{}"
            case _ where character.isNewline: result += " "
            case _: result.append(character)
            }
        }
    }
}
