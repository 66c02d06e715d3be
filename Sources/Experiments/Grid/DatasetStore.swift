import Datasets
import Synchronization
import Training

/// The data sets of a grid, each file read once whatever tasks are chosen of it.
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
        let dataset = try datasets.withLock { datasets in
            func stored(_ tasks: [String]?, _ make: () throws -> Dataset) rethrows -> Dataset {
                let key = Key(name: choice.name, folder: choice.folder, tasks: tasks)
                if let known = datasets[key] { return known }
                let dataset = try make()
                datasets[key] = dataset
                return dataset
            }
            var all = choice
            all.tasks = nil
            let whole = try stored(nil) { try all.openWithoutFold() }
            guard let tasks = choice.tasks else { return whole }
            return try stored(tasks) { try whole.restricted(toTasks: tasks) }
        }
        guard let fold = choice.fold else { return dataset }
        return try dataset.withFold(fold)
    }
}
