import Optimization

/// Where a run stands after an epoch, apart from the arrays of its checkpoint: `state.json`.
public struct TrainingState: Codable, Sendable, Equatable {
    /// Finished epochs.
    public var epoch = 0
    /// Finished steps.
    public var step = 0
    /// The epoch with the best validation score, counted from 1; 0 before the first.
    public var bestEpoch = 0
    /// Its validation score, the mean over tasks.
    public var bestScore: Double?
    /// Its validation loss, which decides between equal scores.
    public var bestLoss: Double?
    /// Seconds of training so far, validation included.
    public var seconds = 0.0

    /// The devices that computed so far, in the order of their first step.
    public var devices: [String] = []

    /// The state before the first epoch.
    public init() {}

    private enum CodingKeys: String, CodingKey {
        case epoch, step, seconds, devices
        case bestEpoch = "best_epoch"
        case bestScore = "best_score"
        case bestLoss = "best_loss"
    }

    /// Whether the validation of an epoch is better than all before.
    func isImproved(score: Double, loss: Double) -> Bool {
        guard let bestScore, let bestLoss else { return true }
        return score > bestScore || (score == bestScore && loss < bestLoss)
    }
}

/// What optimisers remember of a model's parameters.
struct ModelOptimizerState: Equatable, Sendable {
    var trunk: OptimizerState
    var heads: OptimizerState
}
