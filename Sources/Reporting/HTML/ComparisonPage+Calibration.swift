import Experiments
import Training

extension ComparisonPage {
    /// Whether stated confidence can be trusted, before and after temperature scaling.
    var calibration: [Markup] {
        let scored = zip(labels, comparison.heads).compactMap { label, head in
            head.calibration.map { (label, $0) }
        }
        guard !scored.isEmpty else { return [] }
        var table = HTMLTable(columns: [
            "head", "ECE", "ECE scaled", "Brier", "Brier scaled", "log loss", "log loss scaled",
            "temperature",
        ])
        for (label, calibration) in scored {
            let (raw, scaled) = (calibration.raw, calibration.scaled)
            table.append(
                [.init(text: label)]
                    + [
                        raw.calibrationError, scaled.calibrationError, raw.brier, scaled.brier, raw.logLoss,
                        scaled.logLoss, calibration.temperature,
                    ].map { .init(text: NumberText.fixed($0.mean), detail: "± \(NumberText.fixed($0.std))") })
        }
        return [
            table.markup,
            HTMLReport.note(
                """
                Test splits, means over classification tasks, ± one standard deviation over runs; smaller is better. ECE is \
                the expected calibration error in \(ReliabilityPlot.binCount) bins. Scaled: at the temperature that has the \
                least log loss on validation, one for each task (above 1: overconfident as trained); decisions stay the same.
                """),
        ] + folded("Reliability diagrams", reliability)
    }

    private var reliability: [Markup] {
        func figure(
            _ title: String, _ bins: (RunResult.TaskScore) -> [RunResult.ReliabilityBin]?
        ) -> [Markup] {
            let series = zip(labels, comparison.heads).compactMap {
                label, head -> (name: String, bins: [RunResult.ReliabilityBin])? in
                let pooled = ReliabilityPlot.pooled(
                    runs(of: head).flatMap { $0.run.tasks.flatMap { bins($0) ?? [] } })
                return pooled.isEmpty ? nil : (label, pooled)
            }
            guard !series.isEmpty else { return [] }
            return [
                HTMLReport.figure(
                    title, ReliabilityPlot(title: "\(title) on the test splits", series: series).svg,
                    caption: ReliabilityPlot.caption + " All runs are pooled.")
            ]
        }
        return HTMLReport.figures(
            figure("Reliability as trained", \.reliability)
                + figure("Reliability after temperature scaling") { $0.calibrated?.reliability })
    }

    /// The confusion matrix of the task with the most classes, head by head.
    var confusion: [Markup] {
        var figures: [Markup] = []
        for (head, label) in zip(comparison.heads, labels) {
            let runs = runs(of: head).map(\.run)
            guard let first = runs.first, let task = ConfusionPlot.mostTelling(first.tasks) else { continue }
            let matrices = runs.compactMap { run in run.tasks.first { $0.name == task.name }?.confusion }
            let plot = ConfusionPlot(
                title: "Confusion matrix of \(task.name) under \(label)", counts: Self.sum(matrices))
            figures.append(
                HTMLReport.figure(
                    "\(task.name), \(label)", plot.svg,
                    caption: ConfusionPlot.caption + " All runs are pooled."))
        }
        return folded("A matrix for every head", HTMLReport.figures(figures))
    }

    private static func sum(_ matrices: [[[Int]]]) -> [[Int]] {
        guard let first = matrices.first else { return [] }
        return matrices.dropFirst().reduce(first) { total, matrix in
            zip(total, matrix).map { zip($0, $1).map { $0 + $1 } }
        }
    }
}
