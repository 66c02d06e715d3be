import Datasets
import Synchronization
import Training

/// The data sets of a grid, each read once.
public final class DatasetStore: Sendable {
    private struct Key: Hashable {
        let name: String
        let folder: String?
        let tasks: [String]?
    }

    private let datasets = Mutex<[Key: Dataset]>([:])

    /// A store that has read nothing yet.
    public init() {}

    /// The data set, split as `choice` says.
    /// - Throws: `DatasetError`.
    public func dataset(_ choice: DatasetChoice) throws -> Dataset {
        let key = Key(name: choice.name, folder: choice.folder, tasks: choice.tasks)
        let dataset = try datasets.withLock { datasets in
            if let known = datasets[key] { return known }
            let dataset = try choice.openWithoutFold()
            datasets[key] = dataset
            return dataset
        }
        guard let fold = choice.fold else { return dataset }
        return try dataset.withFold(fold)
    }
}
