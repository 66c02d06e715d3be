import Datasets
import Foundation

extension DatasetChoice {
    /// The data set, split as the choice says.
    /// - Throws: `DatasetError`.
    public func open() throws(DatasetError) -> Dataset {
        let dataset = try openWithoutFold()
        guard let fold else { return dataset }
        return try dataset.withFold(fold)
    }

    /// The chosen tasks of the data set, with its own splits.
    /// - Throws: `DatasetError`.
    public func openWithoutFold() throws(DatasetError) -> Dataset {
        let dataset = try Dataset.open(name, dataFolder: folder.map { URL(filePath: $0) })
        guard let tasks else { return dataset }
        return try dataset.restricted(toTasks: tasks)
    }
}
