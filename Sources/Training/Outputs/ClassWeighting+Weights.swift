import Datasets

extension ClassWeighting {
    /// The weight of each class of `task` with these training labels; empty where every sample counts 1.
    ///
    /// A class without training labels counts 0: no training sample asks for it.
    func weights(_ task: LearningTask, labels: [Float]) -> [Float] {
        guard let classCount = task.kind.classCount, isBalanced(task.metric) else { return [] }
        var counts = [Int](repeating: 0, count: classCount)
        for label in labels { counts[Int(label)] += 1 }
        return counts.map { $0 == 0 ? 0 : Float(Double(labels.count) / Double(classCount * $0)) }
    }

    private func isBalanced(_ metric: Metric) -> Bool {
        switch self {
        case .none: return false
        case .balanced: return true
        case .byMetric:
            switch metric {
            case .balancedAccuracy, .macroF1: return true
            case .accuracy, .f1, .weightedF1, .matthews, .auroc, .pearson, .spearman, .rmse: return false
            }
        }
    }
}
