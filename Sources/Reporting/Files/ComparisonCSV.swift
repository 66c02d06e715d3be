import Experiments

/// A comparison as CSV (RFC 4180): one row per head and task, the macro scores among them.
public enum ComparisonCSV {
    private static let header = [
        "dataset", "head", "preset", "task", "metric", "split", "mean", "std", "ci95_lower", "ci95_upper",
        "seeds",
        "head_parameters", "interface_parameters", "total_parameters", "seconds",
    ]

    /// The table, its header first; numbers in their shortest exact form.
    public static func text(_ comparison: HeadComparison) -> String {
        var lines = [header]
        for head in comparison.heads {
            func append(_ task: String, _ metric: String, _ split: String, _ score: HeadComparison.Summary) {
                let numbers = [score.mean, score.std, score.ci95[0], score.ci95[1]].map { "\($0)" }
                let counts = [
                    head.seeds.count, head.parameters.head, head.parameters.interface, head.parameters.total,
                ]
                lines.append(
                    [comparison.dataset, head.head, head.preset ?? "", task, metric, split] + numbers
                        + counts.map(String.init) + ["\(head.seconds)"])
            }
            append("macro", "", "validation", head.macro.validation)
            append("macro", "", "test", head.macro.test)
            for task in head.tasks { append(task.name, task.metric, "test", task.test) }
        }
        return lines.map { $0.map(field).joined(separator: ",") + "\r\n" }.joined()
    }

    private static func field(_ text: String) -> String {
        guard text.contains(where: { ",\"\r\n".contains($0) || $0.isNewline }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
