import Foundation
import LinearAlgebra

/// What is in a data set, for those who check it before they train on it.
public struct DatasetSummary: Codable, Sendable, Equatable {
    /// The labels of one task in one split.
    public struct Labels: Codable, Sendable, Equatable {
        /// Samples with a label.
        public let labelled: Int
        /// Samples of the task's source without one.
        public let missing: Int
        /// The number of samples of each class; nil for regression.
        public let classes: [Int]?
        /// The mean label; nil for classification.
        public let mean: Double?
        /// The standard deviation of labels; nil for classification.
        public let std: Double?
    }

    /// One task.
    public struct Task: Codable, Sendable, Equatable {
        /// Its name.
        public let name: String
        /// `binary`, `classes` or `regression`.
        public let kind: String
        /// The score it is judged by.
        public let metric: String
        /// Its labels, by `train`, `validation` and `test`.
        public let labels: [String: Labels]
    }

    /// Samples that share their features.
    public struct Source: Codable, Sendable, Equatable {
        /// The names of the tasks that read it.
        public let tasks: [String]
        /// Samples, by `train`, `validation` and `test`.
        public let samples: [String: Int]
        /// The smallest feature.
        public let minimum: Float
        /// The largest feature.
        public let maximum: Float
        /// The mean of all features.
        public let mean: Double
        /// The standard deviation of all features.
        public let std: Double
        /// Features that are the same in every training sample, and so tell nothing.
        public let constantFeatures: Int

        private enum CodingKeys: String, CodingKey {
            case tasks, samples, minimum, maximum, mean, std
            case constantFeatures = "constant_features"
        }
    }

    /// The set's name.
    public let name: String
    /// Features `D` of a sample.
    public let features: Int
    /// Folds; 0 for a set without.
    public let folds: Int
    /// Whether features are standardised with the training samples' statistics.
    public let standardized: Bool
    /// The tasks, in order.
    public let tasks: [Task]
    /// The sources, in order.
    public let sources: [Source]

    /// The summary of `dataset`.
    public init(_ dataset: Dataset) {
        name = dataset.name
        features = dataset.featureCount
        folds = dataset.foldCount
        standardized = dataset.standardizes
        tasks = dataset.tasks.enumerated().map { index, task in
            Task(task, labels: Self.bySplit { Labels(dataset, task: index, split: $0) })
        }
        sources = dataset.sources.map { Source($0, tasks: dataset.tasks) }
    }

    fileprivate static func bySplit<Value>(_ value: (Split) -> Value) -> [String: Value] {
        Dictionary(uniqueKeysWithValues: Split.allCases.map { ("\($0)", value($0)) })
    }
}

extension DatasetSummary.Task {
    fileprivate init(_ task: LearningTask, labels: [String: DatasetSummary.Labels]) {
        name = task.name
        metric = task.metric.rawValue
        self.labels = labels
        kind =
            switch task.kind {
            case .binary: "binary"
            case .classes: "classes"
            case .regression: "regression"
            }
    }
}

extension DatasetSummary.Labels {
    fileprivate init(_ dataset: Dataset, task: Int, split: Split) {
        // Samples of other tasks' sources are not missing: they never had a label of this task.
        let own = dataset.sources.filter { source in
            source.labels.column(task).contains { !$0.isNaN }
        }
        let all = own.flatMap { source in
            source.samples(of: split).map { source.labels[$0, task] }
        }
        let known = all.filter { !$0.isNaN }
        labelled = known.count
        missing = all.count - known.count
        let classCount: Int?
        switch dataset.tasks[task].kind {
        case .binary: classCount = 2
        case .classes(let count): classCount = count
        case .regression: classCount = nil
        }
        classes = classCount.map { count in
            (0..<count).map { label in known.count { $0 == Float(label) } }
        }
        let moments = Moments(known)
        mean = classCount == nil ? moments.mean : nil
        std = classCount == nil ? moments.std : nil
    }
}

extension DatasetSummary.Source {
    fileprivate init(_ source: DataSource, tasks all: [LearningTask]) {
        tasks = all.enumerated().compactMap { index, task in
            source.labels.column(index).allSatisfy(\.isNaN) ? nil : task.name
        }
        samples = DatasetSummary.bySplit { source.samples(of: $0).count }
        let values = source.features.elements
        minimum = values.min() ?? .nan
        maximum = values.max() ?? .nan
        let moments = Moments(values)
        (mean, std) = (moments.mean, moments.std)
        let training = source.samples(of: .train)
        constantFeatures = (0..<source.features.columns).count { column in
            let first = training.first.map { source.features[$0, column] }
            return training.allSatisfy { source.features[$0, column] == first }
        }
    }
}

/// Mean and standard deviation over all values.
private struct Moments {
    let mean: Double
    let std: Double

    init(_ values: [Float]) {
        let count = Double(values.count)
        let center = values.reduce(0.0) { $0 + Double($1) } / count
        let squares = values.reduce(0.0) { $0 + (Double($1) - center) * (Double($1) - center) }
        mean = center
        std = (squares / count).squareRoot()
    }
}
