import Experiments

/// A comparison as a LaTeX table for the `booktabs` package.
public enum ComparisonLaTeX {
    /// More heads than this go down the table, tasks across.
    private static let headLimit = 6

    /// The `tabular` environment: tasks down and heads across, or the other way round for many heads.
    ///
    /// The best mean of a task is bold.
    public static func text(_ comparison: HeadComparison) -> String {
        let heads = comparison.heads
        var groups = [scores(of: comparison)]
        let macro = heads.map(\.macro.test)
        groups.append([
            ("Macro", cells(macro, best: Ranking.best(macro.map(\.mean), largerIsBetter: true)))
        ])
        if heads.contains(where: { $0.calibration != nil }) {
            groups.append([
                ("ECE", heads.map { error($0.calibration?.raw) }),
                ("ECE, scaled", heads.map { error($0.calibration?.scaled) }),
            ])
        }
        if heads.contains(where: { $0.multiTaskGain != nil }) {
            groups.append([("Multi-task gain", heads.map(gain))])
        }
        groups.append([
            ("Head parameters", heads.map { grouped($0.parameters.head) }),
            ("Interface parameters", heads.map { grouped($0.parameters.interface) }),
            ("Total parameters", heads.map { grouped($0.parameters.total) }),
            ("Training seconds", heads.map { NumberText.fixed($0.seconds, 1) }),
        ])
        let labels = heads.map { escaped(comparison.label(of: $0)) }
        let title = """
            % \(escaped(comparison.dataset)): mean and standard deviation of test scores over \
            \(heads.first?.runsText ?? "no runs")
            """
        let body =
            heads.count > headLimit
            ? headRows(labels, groups.flatMap(\.self)) : taskRows(labels, groups)
        return ([title] + body + ["\\bottomrule", "\\end{tabular}", ""]).joined(separator: "\n")
    }

    private typealias Line = (title: String, cells: [String])

    private static func scores(of comparison: HeadComparison) -> [Line] {
        TaskRow.all(of: comparison).map { task in
            ("\(escaped(task.name)) (\(escaped(task.metric)))", cells(task.scores, best: task.best))
        }
    }

    private static func taskRows(_ labels: [String], _ groups: [[Line]]) -> [String] {
        var lines = opening(columns: labels.count, titles: ["Task"] + labels)
        for group in groups where !group.isEmpty {
            lines += ["\\midrule"] + group.map { row([$0.title] + $0.cells) }
        }
        return lines
    }

    private static func headRows(_ labels: [String], _ columns: [Line]) -> [String] {
        opening(columns: columns.count, titles: ["Head"] + columns.map(\.title)) + ["\\midrule"]
            + labels.enumerated().map { index, label in row([label] + columns.map { $0.cells[index] }) }
    }

    private static func opening(columns: Int, titles: [String]) -> [String] {
        ["\\begin{tabular}{l\(String(repeating: "r", count: columns))}", "\\toprule", row(titles)]
    }

    private static func row(_ cells: [String]) -> String { cells.joined(separator: " & ") + " \\\\" }

    private static func cells(_ scores: [HeadComparison.Summary], best: Set<Int>) -> [String] {
        scores.enumerated().map { index, score in
            let mean = NumberText.fixed(score.mean)
            return
                "$\(best.contains(index) ? "\\mathbf{\(mean)}" : mean) \\pm \(NumberText.fixed(score.std))$"
        }
    }

    private static func error(_ scores: HeadComparison.Calibration.Scores?) -> String {
        scores.map { NumberText.fixed($0.calibrationError.mean) } ?? "--"
    }

    private static func gain(_ head: HeadComparison.Head) -> String {
        guard let gain = head.multiTaskGain?.mean else { return "--" }
        return "$\(gain.mean > 0 ? "+" : "")\(NumberText.fixed(100 * gain.mean, 1))\\,\\%$"
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
