extension Dataset {
    /// Holds the set to what training, model selection and testing need of every task.
    ///
    /// Values of features and labels are checked where they are read, where file and row are still known.
    /// - Throws: `DatasetError.emptySplit` where a split has no labelled sample of a task, `.tooFewLabels` where all
    ///   training labels of a task are the same.
    public func validate() throws(DatasetError) {
        var unlabelled: [Split: [String]] = [:]
        for (index, task) in tasks.enumerated() {
            for split in Split.allCases where labels(ofTask: index, in: split).isEmpty {
                unlabelled[split, default: []].append(task.name)
            }
        }
        for split in Split.allCases {
            if let tasks = unlabelled[split] { throw .emptySplit(dataset: name, split: split, tasks: tasks) }
        }
        for (index, task) in tasks.enumerated() {
            let labels = Set(labels(ofTask: index, in: .train))
            guard labels.count >= 2 else { throw .tooFewLabels(task: task.name, labels: Array(labels)) }
        }
    }

    /// All labels of one task in one split, over all sources.
    private func labels(ofTask task: Int, in split: Split) -> [Float] {
        sources.flatMap { source in
            source.labels.elements.withUnsafeBufferPointer { labels in
                source.splits.indices.lazy.filter { source.splits[$0] == split }
                    .map { labels[$0 * source.labels.columns + task] }.filter { !$0.isNaN }
            }
        }
    }
}
