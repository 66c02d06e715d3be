import LinearAlgebra

extension Dataset {
    /// The set with the tasks called `names` alone, in that order.
    ///
    /// Samples, splits and folds stay as they are, so that scores of a task trained alone pair with its scores among others;
    /// only sources without a label of any of the tasks are left out.
    /// - Throws: `DatasetError.unknownTask` where the set has no task of a name, `.repeatedTask` where a name comes twice.
    public func restricted(toTasks names: [String]) throws(DatasetError) -> Dataset {
        var columns: [Int] = []
        for name in names {
            guard let column = tasks.firstIndex(where: { $0.name == name }) else {
                throw .unknownTask(dataset: self.name, task: name, known: tasks.map(\.name))
            }
            guard !columns.contains(column) else { throw .repeatedTask(dataset: self.name, task: name) }
            columns.append(column)
        }
        return Dataset(
            name: name, tasks: columns.map { tasks[$0] },
            sources: sources.compactMap { source in
                let labels = source.labels.gathering(columns: columns)
                guard !labels.elements.allSatisfy(\.isNaN) else { return nil }
                return DataSource(
                    features: source.features, labels: labels, splits: source.splits, folds: source.folds,
                    groups: source.groups)
            },
            sampling: sampling, standardizes: standardizes)
    }
}
