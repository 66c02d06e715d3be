import Experiments
import Training

/// How tasks' gradients point, head by head.
enum ConflictSection {
    private static let explanation = """
        Cosines between the tasks' gradients of what they share: the trunk, and parameters of the heads that several tasks move. \
        1 is one direction, −1 the opposite one; tasks that share nothing have 0.
        """

    /// The parts for one run.
    static func content(_ run: RunResult) -> [Markup] {
        guard let conflict = run.conflict else { return [] }
        let tasks = run.tasks.map(\.name)
        return [HTMLReport.note(explanation)]
            + HTMLReport.figures([
                figure("Before training", conflict.initial, tasks),
                figure("Trained", conflict.trained, tasks),
            ])
    }

    /// The parts for heads side by side; cosines are means over each head's runs.
    static func content(_ heads: [(label: String, runs: [RunResult])]) -> [Markup] {
        var table = HTMLTable(
            columns: ["head", "mean cosine at first", "trained", "pairs in conflict at first", "trained"])
        var figures: [Markup] = []
        for (label, runs) in heads {
            let conflicts = runs.compactMap(\.conflict)
            guard let tasks = runs.first?.tasks.map(\.name), !conflicts.isEmpty else { continue }
            let (initial, trained) = (mean(conflicts.map(\.initial)), mean(conflicts.map(\.trained)))
            table.append([
                .init(text: label),
                .init(text: NumberText.signed(GradientConflict.mean(initial))),
                .init(text: NumberText.signed(GradientConflict.mean(trained))),
                .init(text: NumberText.percent(GradientConflict.conflictingShare(initial))),
                .init(text: NumberText.percent(GradientConflict.conflictingShare(trained))),
            ])
            figures.append(figure(label, trained, tasks))
        }
        guard !figures.isEmpty else { return [] }
        return [
            table.markup,
            HTMLReport.note(explanation + " Means over all runs of a head; the pictures show trained heads."),
        ] + HTMLReport.figures(figures)
    }

    private static func figure(_ title: String, _ cosines: [[Double]], _ tasks: [String]) -> Markup {
        let plot = ConflictPlot(
            title: "Cosines between tasks' gradients: \(title)", tasks: tasks, cosines: cosines)
        return HTMLReport.figure(
            title, plot.svg,
            caption: """
                Mean cosine \(NumberText.signed(GradientConflict.mean(cosines))); \
                \(NumberText.percent(GradientConflict.conflictingShare(cosines))) of all pairs are in conflict.
                """)
    }

    private static func mean(_ matrices: [[[Double]]]) -> [[Double]] {
        let share = 1 / Double(matrices.count)
        return matrices[0].indices.map { row in
            matrices[0].indices.map { column in
                matrices.reduce(0) { $0 + $1[row][column] } * share
            }
        }
    }
}
