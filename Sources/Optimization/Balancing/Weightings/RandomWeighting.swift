import Foundation
import Randomness

/// Weights drawn anew at every step: the softmax of normal numbers.
///
/// Source: Lin et al., *Reasonable effectiveness of random weighting* (TMLR 2022).
public struct RandomWeighting: LossWeighting {
    /// The rule, which has no settings.
    public init() {}

    /// Positive weights, 1 in all.
    public func weights(_ losses: [Double?], memory: [Float], using random: inout Philox) -> [Double] {
        softmax(
            losses.map { _ in
                // Box and Muller's transform of two uniform numbers.
                let radius = (-2 * log(1 - Double(random.uniform(in: 0..<1)))).squareRoot()
                return radius * cos(2 * .pi * Double(random.uniform(in: 0..<1)))
            })
    }
}
