import Datasets
import LinearAlgebra

/// What a model has to know of the data it is trained on; it travels with the run.
public struct DataSummary: Codable, Sendable, Equatable {
    /// The number of backbone features `D`.
    public let featureCount: Int
    /// The tasks, in order.
    public let tasks: [LearningTask]
    /// The range of each regression task's training labels; nil for classification.
    public let labelRanges: [LabelRange?]
    /// How the features of each source are standardised; empty where they are left as they are.
    public let standardizers: [Standardizer]
    /// The source each task is learnt from.
    public let sourceOfTask: [Int]

    /// A summary of tasks on features that are left as they are, regression labels lying in 0...1.
    public init(featureCount: Int, tasks: [LearningTask]) {
        self.featureCount = featureCount
        self.tasks = tasks
        labelRanges = tasks.map { $0.kind == .regression ? LabelRange(lowerBound: 0, upperBound: 1) : nil }
        standardizers = []
        sourceOfTask = tasks.map { _ in 0 }
    }

    /// The training split of `dataset` in summary: nothing here is known from other samples.
    public init(_ dataset: Dataset) throws(TrainingError) {
        featureCount = dataset.featureCount
        tasks = dataset.tasks
        standardizers = dataset.standardizes ? dataset.sources.map { $0.standardizer() } : []
        var ranges: [LabelRange?] = []
        var sources: [Int] = []
        for (index, task) in dataset.tasks.enumerated() {
            let labels = dataset.sources.map { $0.labels(ofTask: index, in: .train) }
            guard let source = labels.firstIndex(where: { !$0.isEmpty }) else {
                throw .noLabels(task: task.name, split: .train)
            }
            sources.append(source)
            switch task.kind {
            case .binary, .classes: ranges.append(nil)
            case .regression:
                let all = labels.flatMap { $0 }
                ranges.append(LabelRange(lowerBound: all.min()!, upperBound: all.max()!))
            }
        }
        labelRanges = ranges
        sourceOfTask = sources
    }

    /// `features` of a source as the trunk reads them.
    func standardized(_ features: Matrix, source: Int) -> Matrix {
        standardizers.isEmpty ? features : standardizers[source].apply(to: features)
    }
}

extension DataSource {
    /// The labels of one task in one split, missing ones left out.
    func labels(ofTask task: Int, in split: Split) -> [Float] {
        labels.elements.withUnsafeBufferPointer { values in
            splits.indices.lazy.filter { splits[$0] == split }.map { values[$0 * labels.columns + task] }
                .filter { !$0.isNaN }
        }
    }

    /// The samples of a split that have a label for any task.
    func labelledSamples(of split: Split) -> [Int] {
        labels.elements.withUnsafeBufferPointer { values in
            samples(of: split).filter { sample in
                let start = sample * labels.columns
                return !values[start..<start + labels.columns].allSatisfy(\.isNaN)
            }
        }
    }
}
