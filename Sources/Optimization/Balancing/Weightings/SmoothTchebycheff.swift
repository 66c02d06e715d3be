import Foundation
import Randomness

/// A smooth form of the worst task's loss, each loss relative to its mean over the first epoch.
///
/// The objective is `m log sum_t exp(L_t / (m r_t))`, its weights `p_t / r_t` with the softmax `p` of `L_t / (m r_t)`;
/// through the first epoch, which gives the references `r_t`, weights are equal. Source: Lin et al., *Smooth Tchebycheff
/// scalarization for multi-objective optimization* (ICML 2024).
public struct SmoothTchebycheff: LossWeighting {
    /// The smoothing `m`; towards 0 only the worst task counts.
    public var smoothing: Double

    /// The rule, with a smoothing of a tenth of a reference loss by default.
    public init(smoothing: Double = 0.1) {
        self.smoothing = smoothing
    }

    /// Weights depend on the minibatch's losses.
    public var need: LossNeed { .before }

    /// No references yet.
    public func initialMemory(taskCount: Int) -> [Float] { [Float](repeating: 0, count: taskCount) }

    /// Weights that are not negative.
    public func weights(_ losses: [Double?], memory: [Float], using random: inout Philox) -> [Double] {
        guard memory.contains(where: { $0 > 0 }) else {
            return EqualWeighting().weights(losses, memory: [], using: &random)
        }
        let references = memory.map { max(Double($0), 1e-6) }
        let shares = softmax(
            zip(losses, references).map { loss, reference in loss.map { $0 / (reference * smoothing) } })
        return zip(shares, references).map { $0 / $1 }
    }

    /// The first epoch's losses are the references.
    public func remember(epochLosses: [Double], memory: inout [Float]) {
        if memory.allSatisfy({ $0 == 0 }) { memory = epochLosses.map { Float($0) } }
    }
}
