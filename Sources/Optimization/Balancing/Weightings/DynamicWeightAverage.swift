import Randomness

/// Tasks whose loss falls slowly count more: the softmax of the ratios of the last two epochs' losses.
///
/// Weights are equal for the first two epochs. Source: Liu, Johns, Davison, *End-to-end multi-task learning with attention*
/// (CVPR 2019).
public struct DynamicWeightAverage: LossWeighting {
    /// What ratios are divided by before the softmax; the larger, the more equal the weights.
    public var temperature: Double

    /// The rule with the paper's temperature by default.
    public init(temperature: Double = 2) {
        self.temperature = temperature
    }

    /// Losses of the last epoch and of the one before it, 0 where there was none.
    public func initialMemory(taskCount: Int) -> [Float] { [Float](repeating: 0, count: 2 * taskCount) }

    /// Positive weights, 1 in all.
    public func weights(_ losses: [Double?], memory: [Float], using random: inout Philox) -> [Double] {
        let count = losses.count
        return softmax(
            (0..<count).map { task in
                let (last, before) = (Double(memory[task]), Double(memory[count + task]))
                return (last > 0 && before > 0 ? last / before : 1) / temperature
            })
    }

    /// Keeps the epoch's losses beside those of the epoch before.
    public func remember(epochLosses: [Double], memory: inout [Float]) {
        memory = epochLosses.map { Float($0) } + memory[..<epochLosses.count]
    }
}
