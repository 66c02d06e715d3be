import Datasets

extension Metric {
    /// Whether the metric applies to labels of `kind`.
    public func suits(_ kind: TaskKind) -> Bool {
        switch (self, kind) {
        case (.accuracy, .binary), (.accuracy, .classes), (.balancedAccuracy, .binary),
            (.balancedAccuracy, .classes), (.macroF1, .binary), (.macroF1, .classes), (.weightedF1, .binary),
            (.weightedF1, .classes), (.matthews, .binary), (.matthews, .classes), (.auroc, .binary),
            (.auroc, .classes), (.f1, .binary), (.pearson, .regression), (.spearman, .regression),
            (.rmse, .regression):
            true
        case (.accuracy, .regression), (.balancedAccuracy, .regression), (.macroF1, .regression),
            (.weightedF1, .regression), (.matthews, .regression), (.auroc, .regression), (.f1, .classes),
            (.f1, .regression), (.pearson, .binary), (.pearson, .classes), (.spearman, .binary),
            (.spearman, .classes), (.rmse, .binary), (.rmse, .classes):
            false
        }
    }

    /// `score` as a number that is better when larger: what models are chosen by and what a mean over tasks is taken of.
    public func merit(_ score: Double) -> Double { self == .rmse ? -score : score }

    /// The score of `predictions`, as scikit-learn and SciPy define it.
    ///
    /// `auroc` of more than two classes is the mean over classes of one against the rest, classes that do not occur left
    /// out. A score that is not defined (a constant prediction's correlation, a curve with one class) is that of a guess.
    public func score(_ predictions: TaskPredictions) -> Double {
        precondition(suits(predictions.task.kind), "the metric applies to the task")
        func values() -> [Double] { predictions.values.map(Double.init) }
        func labels() -> [Double] { predictions.labels.map(Double.init) }
        switch self {
        case .accuracy, .balancedAccuracy, .f1, .macroF1, .weightedF1, .matthews:
            return score(predictions.confusion!)!  // metrics of classes, which the task has
        case .auroc: return Self.areaUnderCurve(predictions)
        case .pearson: return RankStatistics.pearson(values(), labels())
        case .spearman: return RankStatistics.spearman(values(), labels())
        case .rmse: return RankStatistics.rootMeanSquaredError(values(), labels())
        }
    }

    /// The score of counts of true and predicted classes; nil for a metric that needs more than counts.
    func score(_ confusion: ConfusionMatrix) -> Double? {
        switch self {
        case .accuracy: confusion.accuracy
        case .balancedAccuracy: confusion.balancedAccuracy
        case .f1: confusion.f1(of: 1)
        case .macroF1: confusion.macroF1
        case .weightedF1: confusion.weightedF1
        case .matthews: confusion.matthews
        case .auroc, .pearson, .spearman, .rmse: nil
        }
    }

    private static func areaUnderCurve(_ predictions: TaskPredictions) -> Double {
        let width = predictions.task.kind.outputCount
        let areas = (0..<width).compactMap { column -> Double? in
            let isPositive = predictions.labels.map { Int($0) == (width == 1 ? 1 : column) }
            guard width == 1 || isPositive.contains(true) else { return nil }
            let scores = stride(from: column, to: predictions.values.count, by: width).map {
                Double(predictions.values[$0])
            }
            return RankStatistics.areaUnderCurve(scores: scores, isPositive: isPositive)
        }
        return areas.reduce(0, +) / Double(max(areas.count, 1))
    }
}
