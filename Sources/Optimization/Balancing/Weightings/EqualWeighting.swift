import Randomness

/// Every task counts `1 / T`, so that the total is the mean over tasks and its gradient the mean of their gradients.
public struct EqualWeighting: LossWeighting {
    /// The rule, which has no settings.
    public init() {}

    /// `1 / T` each.
    public func weights(_ losses: [Double?], memory: [Float], using random: inout Philox) -> [Double] {
        [Double](repeating: 1 / Double(losses.count), count: losses.count)
    }
}
