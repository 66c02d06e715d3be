import LinearAlgebra

/// Tasks, and the samples they are learnt from.
///
/// A set whose tasks share their inputs has one source. Where tasks have inputs of their own (as in GLUE) there is a
/// source for each; a minibatch is then drawn from one source.
public struct Dataset: Sendable {
    /// The set's name, as `dataset.yaml` gives it.
    public let name: String
    /// All tasks, in order.
    public let tasks: [LearningTask]
    /// The samples, source by source; all sources have the same number of features.
    public let sources: [DataSource]
    /// How minibatches are shared out among sources.
    public let sampling: SourceSampling
    /// Whether features are standardised with the training samples' statistics.
    public let standardizes: Bool

    /// A data set of parts that fit each other.
    public init(
        name: String, tasks: [LearningTask], sources: [DataSource],
        sampling: SourceSampling = .proportional, standardizes: Bool = true
    ) {
        self.name = name
        self.tasks = tasks
        self.sources = sources
        self.sampling = sampling
        self.standardizes = standardizes
    }

    /// The same set, the samples of each source divided as `splits` says.
    func replacing(splits: [[Split]]) -> Dataset {
        Dataset(
            name: name, tasks: tasks, sources: zip(sources, splits).map { $0.replacing(splits: $1) },
            sampling: sampling, standardizes: standardizes)
    }

    /// The number of features `D` of a sample.
    public var featureCount: Int { sources[0].features.columns }
}

/// Samples that share one feature matrix.
public struct DataSource: Sendable {
    /// Features, `[samples x D]`.
    public let features: Matrix
    /// Labels, `[samples x T]` over all tasks of the set; NaN where a sample has no label for a task.
    public let labels: Matrix
    /// The split each sample belongs to.
    public let splits: [Split]
    /// The fold each sample belongs to, where the set has folds.
    public let folds: [Int]?
    /// What samples must stay together in a new split (a patient, a document), where the set names it.
    public let groups: [Int]?

    /// A source of samples; every argument has one entry per sample.
    public init(
        features: Matrix, labels: Matrix, splits: [Split], folds: [Int]? = nil, groups: [Int]? = nil
    ) {
        precondition(features.rows == labels.rows && splits.count == labels.rows)
        precondition((folds?.count ?? splits.count) == splits.count)
        precondition((groups?.count ?? splits.count) == splits.count)
        self.features = features
        self.labels = labels
        self.splits = splits
        self.folds = folds
        self.groups = groups
    }

    /// The same samples, divided otherwise.
    func replacing(splits: [Split]) -> DataSource {
        DataSource(features: features, labels: labels, splits: splits, folds: folds, groups: groups)
    }

    /// The samples of `split`, in file order.
    public func samples(of split: Split) -> [Int] {
        splits.indices.filter { splits[$0] == split }
    }
}

/// The part of a data set a sample is used for.
public enum Split: Int, CaseIterable, Sendable, Codable {
    /// Used to fit parameters.
    case train = 0
    /// Used to choose a model; never reported as its quality.
    case validation = 1
    /// Used to report a model's quality.
    case test = 2
}

/// How minibatches are shared out among the sources of a data set.
public enum SourceSampling: String, CaseIterable, Sendable, Codable {
    /// In proportion to the number of training samples.
    case proportional
    /// Equally often.
    case uniform
}
