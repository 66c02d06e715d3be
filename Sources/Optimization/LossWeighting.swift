/// How much each task's loss counts in the total that is trained.
public enum LossWeighting: String, Sendable, CaseIterable, Codable {
    /// Every task counts `1 / T`, so that the total is the mean over tasks.
    case equal

    /// The weights of `taskCount` tasks.
    public func weights(taskCount: Int) -> [Double] {
        switch self {
        case .equal: [Double](repeating: 1 / Double(taskCount), count: taskCount)
        }
    }
}
