extension DatasetLoader {
    /// Holds the description to itself: nothing contradicts, and nothing is given that no task reads.
    func checkDescription() throws(DatasetError) {
        try checkTasks()
        let shared = description.tasks.filter { !$0.hasOwnSamples }
        let given: [(key: String, reference: ArrayReference?, isRead: Bool)] = [
            ("features", description.features, !shared.isEmpty),
            ("labels", description.labels, shared.contains { $0.labels == nil }),
            ("mask", description.mask, description.labels != nil),
            ("folds", description.folds, !shared.isEmpty),
            ("groups", description.groups, !shared.isEmpty),
        ]
        for (key, reference, isRead) in given where reference != nil && !isRead {
            throw invalid(key, "is read by no task; leave it out")
        }
    }

    private func checkTasks() throws(DatasetError) {
        guard !description.tasks.isEmpty else { throw invalid("tasks", "lists no task; add at least one") }
        var names: Set<String> = []
        for (index, task) in description.tasks.enumerated() {
            guard names.insert(task.name).inserted else {
                throw invalid("tasks.\(index).name", "is '\(task.name)' again; give every task its own name")
            }
            if task.splits != nil && task.features == nil {
                throw invalid("tasks.\(index).splits", "belongs to a task with features of its own")
            }
            if task.arrays != nil && (task.features != nil || task.labels != nil) {
                throw invalid(
                    "tasks.\(index).arrays", "takes the place of features and labels; give one or the other")
            }
            if task.mask != nil && task.labels == nil {
                throw invalid("tasks.\(index).mask", "belongs to a task with labels of its own")
            }
        }
    }
}
