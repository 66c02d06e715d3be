extension ClassWeighting {
    /// The weight of each class of a task with these training labels; empty where every sample counts 1.
    ///
    /// A class without training labels counts 0: no training sample asks for it.
    func weights(labels: [Float], classCount: Int?) -> [Float] {
        guard let classCount else { return [] }
        switch self {
        case .none: return []
        case .balanced:
            var counts = [Int](repeating: 0, count: classCount)
            for label in labels { counts[Int(label)] += 1 }
            return counts.map { $0 == 0 ? 0 : Float(Double(labels.count) / Double(classCount * $0)) }
        }
    }
}
