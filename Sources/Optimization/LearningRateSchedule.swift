import Foundation

/// How the learning rate changes over a run.
public enum LearningRateSchedule: Sendable, Equatable {
    /// The same rate at every step.
    case constant
    /// A linear rise over the first `warmUp` share of all steps, then half a cosine down to 0.
    ///
    /// Source: Loshchilov, Hutter, *SGDR: stochastic gradient descent with warm restarts* (ICLR 2017), without restarts.
    case cosine(warmUp: Double)
    /// The rate times `factor` after each `share` of all steps.
    case step(share: Double, factor: Double)

    /// The share of the base rate that holds at `step`, counted from 0, of `stepCount` steps.
    public func factor(step: Int, of stepCount: Int) -> Double {
        let progress = Double(step) / Double(max(stepCount, 1))
        switch self {
        case .constant:
            return 1
        case .cosine(let warmUp):
            let warmUpSteps = (warmUp * Double(stepCount)).rounded()
            if Double(step) < warmUpSteps { return Double(step + 1) / warmUpSteps }
            let rest = max(Double(stepCount) - warmUpSteps, 1)
            return 0.5 * (1 + cos(.pi * min((Double(step) - warmUpSteps) / rest, 1)))
        case .step(let share, let factor):
            // The tolerance keeps 0.1 + 0.1 + 0.1 from landing a step late.
            return pow(factor, (progress / share + 1e-9).rounded(.down))
        }
    }
}
