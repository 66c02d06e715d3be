import Configuration
import Foundation

/// What a `dataset.yaml` says: where the arrays of a data set are, and what its tasks are.
public struct DatasetDescription: Equatable, Sendable, Codable {
    /// The set's name.
    public var name: String
    /// Where the data come from, whom to credit, under which terms.
    public var source: String?
    /// The folder of the arrays, relative to the description's; its own folder where absent.
    public var folder: String?
    /// Features of the tasks that have none of their own, `[samples x D]`; several arrays are joined in order.
    public var features: ArrayReference?
    /// Labels of the tasks that have none of their own: one column a task, in the order of `tasks`.
    public var labels: ArrayReference?
    /// 1 where a label of `labels` exists and 0 where it is to be ignored, in the same columns.
    public var mask: ArrayReference?
    /// The split of each sample; at random where absent.
    public var splits: SplitSource
    /// The fold of each sample, counting from 0.
    public var folds: ArrayReference?
    /// A number for each sample; samples with the same number stay together in new splits.
    public var groups: ArrayReference?
    /// The tasks, in order.
    public var tasks: [TaskDescription]
    /// How minibatches are shared out among tasks with inputs of their own.
    public var sampling: SourceSampling
    /// Whether features are standardised with the training samples' statistics.
    public var standardize: Bool

    /// Decodes a description; `name` and `tasks` must be given.
    public init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        name = try keys.decode(String.self, forKey: .name)
        source = try keys.decodeIfPresent(String.self, forKey: .source)
        folder = try keys.decodeIfPresent(String.self, forKey: .folder)
        features = try keys.decodeIfPresent(ArrayReference.self, forKey: .features)
        labels = try keys.decodeIfPresent(ArrayReference.self, forKey: .labels)
        mask = try keys.decodeIfPresent(ArrayReference.self, forKey: .mask)
        splits = try keys.decodeIfPresent(SplitSource.self, forKey: .splits) ?? .standard
        folds = try keys.decodeIfPresent(ArrayReference.self, forKey: .folds)
        groups = try keys.decodeIfPresent(ArrayReference.self, forKey: .groups)
        tasks = try keys.decode([TaskDescription].self, forKey: .tasks)
        sampling = try keys.decodeIfPresent(SourceSampling.self, forKey: .sampling) ?? .proportional
        standardize = try keys.decodeIfPresent(Bool.self, forKey: .standardize) ?? true
    }

    /// Reads a description from its YAML file.
    /// - Throws: `DatasetError.invalidConfiguration` with the key path and the line.
    public init(contentsOf url: URL) throws(DatasetError) {
        do {
            self = try ConfigurationFile.decode(DatasetDescription.self, from: url)
        } catch {
            throw .invalidConfiguration(error)
        }
    }
}
