import Datasets
import Training

/// What learning tasks together is worth beside learning each alone with the same kind of heads.
///
/// Source: Maninis, Radosavovic, Kokkinos, *Attentive single-tasking of multiple tasks* (CVPR 2019), with the size of the
/// single-task score below, so that a gain is positive where that score is negative, too.
public struct MultiTaskGain: Codable, Sendable, Equatable {
    /// The relative change of each task's score, `(together - alone) / |alone|`, positive where learning together is
    /// better; nil where the score of the task alone is 0, which nothing can be relative to.
    public let changes: [Double?]

    /// The gain from the scores of tasks trained `together` and each `alone`, task by task.
    ///
    /// - Parameters:
    ///   - together: the scores of a run on all tasks.
    ///   - alone: the scores of runs on one task each.
    ///   - metrics: what the scores are; of errors the smaller is the better.
    public init(together: [Double], alone: [Double], metrics: [Metric]) {
        precondition(
            together.count == alone.count && together.count == metrics.count, "one score and metric per task")
        changes = zip(zip(together, alone), metrics).map { scores, metric in
            let (joint, single) = (metric.merit(scores.0), metric.merit(scores.1))
            return single == 0 ? nil : (joint - single) / abs(single)
        }
    }

    /// The mean change over the tasks that have one; nil where none has.
    public var mean: Double? {
        let known = changes.compactMap { $0 }
        return known.isEmpty ? nil : known.mean
    }
}
