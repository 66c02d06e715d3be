import Datasets

extension ClassWeighting {
    /// The weight of each class of `task` with these training labels; empty where every sample counts 1.
    ///
    /// A class without training labels counts 0: no training sample asks for it.
    public func weights(labels: [Float], task: LearningTask) -> [Float] {
        guard let classCount = task.kind.classCount, isBalanced(for: task.metric) else { return [] }
        var counts = [Int](repeating: 0, count: classCount)
        for label in labels { counts[Int(label)] += 1 }
        return counts.map { $0 == 0 ? 0 : Float(Double(labels.count) / Double(classCount * $0)) }
    }

    private func isBalanced(for metric: Metric) -> Bool {
        switch self {
        case .none: return false
        case .balanced: return true
        case .auto:
            switch metric {
            case .balancedAccuracy, .macroF1, .auroc: return true
            case .accuracy, .f1, .weightedF1, .matthews, .pearson, .spearman, .rmse: return false
            }
        }
    }
}
