import Execution
import Training

/// How well a trained run solves its tasks, measured in one way.
public struct RunEvaluation: Encodable, Sendable {
    /// Scores without mitigation.
    public struct Unmitigated: Encodable, Sendable {
        /// Each task's scores.
        public let tasks: [TaskEvaluation]
        /// The mean score over tasks, errors counted negative.
        public let macro: Double
        /// The 95% interval of that mean over samples.
        public let macroInterval: [Double]

        private enum CodingKeys: String, CodingKey {
            case tasks, macro
            case macroInterval = "macro_ci95"
        }
    }

    /// The run's folder.
    public let run: String
    /// The data set's name.
    public let dataset: String
    /// The split that is scored.
    public let split: String
    /// The backend's name.
    public let backend: String
    /// The name of the noise; nil without noise.
    public let noise: String?
    /// Shots per measurement setting; nil for exact values.
    public let shots: Int?
    /// Quantum trajectories of each sample; nil for exact noise.
    public let trajectories: Int?
    /// What measuring one sample takes; nil for exact values without mitigation.
    public let cost: MeasurementCost?
    /// The standard error of a readout's expectation value, the root of its mean square over samples and readouts; nil for
    /// exact values.
    public let standardError: Double?
    /// With mitigation, where that was asked for.
    public let tasks: [TaskEvaluation]
    /// The mean score over tasks, errors counted negative.
    public let macro: Double
    /// The 95% interval of that mean: the bootstrap over samples, each of which has shots of its own.
    public let macroInterval: [Double]
    /// The same without mitigation; nil where none was asked for.
    public let unmitigated: Unmitigated?

    private enum CodingKeys: String, CodingKey {
        case run, dataset, split, backend, noise, shots, trajectories, cost, tasks, macro, unmitigated
        case standardError = "standard_error"
        case macroInterval = "macro_ci95"
    }

    init(
        run: String, dataset: String, split: String, backend: String, noise: String?, shots: Int?,
        trajectories: Int?,
        scores: MeasuredScores, unmitigated: MeasuredScores?
    ) {
        (self.run, self.dataset, self.split, self.backend) = (run, dataset, split, backend)
        (self.noise, self.shots, self.trajectories) = (noise, shots, trajectories)
        (cost, standardError) = (scores.cost, scores.standardError)
        tasks = scores.tasks
        macro = scores.macro
        macroInterval = scores.macroInterval
        self.unmitigated = unmitigated.map {
            Unmitigated(tasks: $0.tasks, macro: $0.macro, macroInterval: $0.macroInterval)
        }
    }
}

/// The scores of a trained run under several kinds of noise or from several numbers of shots.
public struct NoiseSweep: Encodable, Sendable {
    /// One evaluation for each pair of noise and shots, noises first.
    public let evaluations: [RunEvaluation]

    /// A sweep of evaluations of one run.
    public init(_ evaluations: [RunEvaluation]) { self.evaluations = evaluations }
}
