/// One task of a data set: what its labels are and how its predictions are scored.
public struct LearningTask: Hashable, Sendable, Codable {
    /// The task's name, unique within its data set.
    public let name: String
    /// What a label of the task is.
    public let kind: TaskKind
    /// The score the task is judged by.
    public let metric: Metric

    /// A task; the metric defaults to the usual one of its kind.
    public init(name: String, kind: TaskKind, metric: Metric? = nil) {
        self.name = name
        self.kind = kind
        self.metric = metric ?? kind.defaultMetric
    }
}

/// What a label is.
public enum TaskKind: Hashable, Sendable, Codable {
    /// A label of 0 or 1.
    case binary
    /// A class index in `0..<count`, `count` at least 3.
    case classes(Int)
    /// A real number.
    case regression

    /// The number of model outputs the task needs.
    public var outputCount: Int {
        switch self {
        case .binary, .regression: 1
        case .classes(let count): count
        }
    }

    /// The metric of a task that names none.
    public var defaultMetric: Metric {
        switch self {
        case .binary, .classes: .accuracy
        case .regression: .pearson
        }
    }
}

/// The scores of the `metric` key; all but `rmse` are better when larger.
public enum Metric: String, CaseIterable, Hashable, Sendable, Codable {
    case accuracy
    case balancedAccuracy = "balanced-accuracy"
    case f1
    case macroF1 = "macro-f1"
    case weightedF1 = "weighted-f1"
    case matthews
    case auroc
    case pearson
    case spearman
    case rmse
}
