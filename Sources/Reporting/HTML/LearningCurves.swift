import Experiments
import Training

/// The learning curves of a comparison: means over runs, with bands from the lowest to the highest.
struct LearningCurves {
    let page: ComparisonPage

    var figures: [Markup] {
        guard page.histories.contains(where: { $0.count > 1 }) else { return [] }
        let score = LineChart(
            title: "Validation score by epoch",
            description: "Mean macro validation score of each head against epochs.",
            xName: "epoch", yName: "macro validation score", series: series(\.validationMacro))
        let loss = LineChart(
            title: "Training loss by epoch", description: "Mean training loss of each head against epochs.",
            xName: "epoch", yName: "training loss", yKind: .logarithmic, series: series(\.trainLoss))
        let caption = "Means over the runs that reached the epoch; bands go from the lowest to the highest."
        return page.folded(
            "Learning curves",
            HTMLReport.figures([
                HTMLReport.figure("Validation score", score.svg, caption: caption),
                HTMLReport.figure("Training loss", loss.svg, caption: "\(caption) Logarithmic axis."),
            ]))
    }

    private func series(_ value: (EpochRecord) -> Double) -> [LineChart.Series] {
        page.comparison.heads.map { head in
            let records = page.runs(of: head).flatMap(\.history)
            let byEpoch = Dictionary(grouping: records, by: \.epoch).sorted { $0.key < $1.key }
            return LineChart.Series(
                name: page.comparison.label(of: head),
                points: byEpoch.map { epoch, records in
                    let values = records.map(value)
                    return LineChart.Point(
                        x: Double(epoch), y: values.mean, lower: values.min(), upper: values.max())
                })
        }
    }
}
