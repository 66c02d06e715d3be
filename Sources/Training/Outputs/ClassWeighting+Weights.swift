import Datasets

extension ClassWeighting {
    /// The weight of each class of `task`, given its training labels; empty where every sample counts 1.
    ///
    /// A class without training labels counts 0: no training sample asks for it.
    public func weights(of task: LearningTask, labels: [Float]) -> [Float] {
        guard let classCount = task.kind.classCount, balances(task.metric) else { return [] }
        var counts = [Int](repeating: 0, count: classCount)
        for label in labels { counts[Int(label)] += 1 }
        return counts.map { $0 == 0 ? 0 : Float(Double(labels.count) / Double(classCount * $0)) }
    }

    private func balances(_ metric: Metric) -> Bool {
        switch self {
        case .none: false
        case .balanced: true
        case .auto:
            switch metric {
            case .balancedAccuracy, .macroF1: true
            case .accuracy, .f1, .weightedF1, .matthews, .auroc, .pearson, .spearman, .rmse: false
            }
        }
    }
}
