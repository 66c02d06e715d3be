import Execution
import Training

/// The scores of predictions, and what measuring them took.
struct MeasuredScores {
    let tasks: [TaskEvaluation]
    /// The mean score over tasks, errors counted negative.
    let macro: Double
    /// The 95% interval of `macro`.
    let macroInterval: [Double]
    let cost: MeasurementCost?
    let standardError: Double?

    /// The scores of each task's predictions.
    init(_ predictions: [TaskPredictions], cost: MeasurementCost? = nil, standardError: Double? = nil) {
        tasks = predictions.map(TaskEvaluation.init)
        macro =
            zip(predictions, tasks).reduce(0) { $0 + $1.0.task.metric.merit($1.1.score) }
            / Double(tasks.count)
        let interval = ScoreBootstrap([.init(seed: 0, fold: nil, predictions: predictions)])
            .intervals().macro
        macroInterval = [interval.lower, interval.upper]
        (self.cost, self.standardError) = (cost, standardError)
    }
}
