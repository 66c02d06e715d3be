import Foundation
import Randomness

/// The gradient of the geometric mean of the losses: tasks count by the inverse of their loss.
///
/// Source: Chennupati et al., *MultiNet++: multi-stream feature aggregation and geometric loss strategy for multi-task
/// learning* (CVPR workshops 2019).
public struct GeometricMean: LossWeighting {
    /// The rule, which has no settings.
    public init() {}

    /// Weights depend on the minibatch's losses.
    public var need: LossNeed { .before }

    /// `M / (T L_t)` with the geometric mean `M` over the tasks that have labels.
    public func weights(_ losses: [Double?], memory: [Float], using random: inout Philox) -> [Double] {
        let present = losses.compactMap { $0 }.map { max($0, 1e-8) }
        guard !present.isEmpty else { return losses.map { _ in 0 } }
        let mean = exp(present.reduce(0) { $0 + log($1) } / Double(present.count))
        return losses.map { loss in loss.map { mean / (Double(losses.count) * max($0, 1e-8)) } ?? 0 }
    }
}
