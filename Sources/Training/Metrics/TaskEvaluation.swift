/// How well a model solves one task on one split.
public struct TaskEvaluation: Codable, Sendable, Equatable {
    /// The task's name.
    public var name: String
    /// `binary`, `classes` or `regression`.
    public var kind: String
    /// The metric of the score.
    public var metric: String
    /// The task's score, in the user's units where it has units.
    public var score: Double
    /// The mean loss per sample: cross-entropy in nats, or squared error of labels scaled to 0...1.
    public var loss: Double
    /// Expected calibration error (15 bins); nil for regression.
    public var calibrationError: Double?
    /// Brier score; nil for regression.
    public var brier: Double?
    /// Counts `[true class][predicted class]`; nil for regression.
    public var confusion: [[Int]]?
    /// Reliability bins; nil for regression.
    public var reliability: [RunResult.ReliabilityBin]?

    /// The evaluation of `predictions`.
    public init(_ predictions: TaskPredictions) {
        name = predictions.task.name
        kind = predictions.task.kind.name
        metric = predictions.task.metric.rawValue
        score = predictions.task.metric.score(predictions)
        loss = predictions.meanLoss
        reliability = predictions.reliability
        calibrationError = reliability.map(Calibration.expectedError)
        brier = predictions.brier
        confusion = predictions.confusion?.counts
    }

    private enum CodingKeys: String, CodingKey {
        case name, kind, metric, score, loss, brier, confusion, reliability
        case calibrationError = "calibration_error"
    }
}

extension RunResult.TaskScore {
    /// A task's scores by its predictions on both splits; everything but the first score is of the test split.
    public init(validation: TaskPredictions, test: TaskPredictions) {
        let evaluation = TaskEvaluation(test)
        self.init(
            name: evaluation.name, kind: evaluation.kind, metric: evaluation.metric,
            validation: validation.task.metric.score(validation), test: evaluation.score,
            loss: evaluation.loss, calibrationError: evaluation.calibrationError, brier: evaluation.brier,
            confusion: evaluation.confusion, reliability: evaluation.reliability,
            calibrated: Temperature(fitting: validation).flatMap {
                RunResult.Calibrated(test, at: $0)
            })
    }
}

extension RunResult.Calibrated {
    /// The scores of `predictions` at `temperature`; nil for regression.
    public init?(_ predictions: TaskPredictions, at temperature: Temperature) {
        let scaled = temperature.scaled(predictions)
        guard let reliability = scaled.reliability, let brier = scaled.brier else { return nil }
        self.init(
            temperature: temperature.value, loss: scaled.meanLoss,
            calibrationError: Calibration.expectedError(reliability), brier: brier, reliability: reliability)
    }
}
