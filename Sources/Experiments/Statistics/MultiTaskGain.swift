import Datasets
import Training

/// What learning tasks together is worth beside learning each alone with the same kind of heads.
///
/// Source: Maninis, Radosavovic, Kokkinos, *Attentive single-tasking of multiple tasks* (CVPR 2019), with the size of the
/// single-task score below, so that a gain is positive where that score is negative, too. That score is the mean over runs:
/// one run that happens to score next to nothing alone would outweigh all others.
public struct MultiTaskGain: Sendable, Equatable {
    /// The relative change of each task's score in each run, `[tasks][runs]`: `(together - alone) / |mean alone|`, positive
    /// where learning together is better; nil for a task whose mean score alone is 0, which nothing can be relative to.
    public let changes: [[Double]?]

    /// The gain from the scores of tasks trained `together` and each `alone`.
    ///
    /// - Parameters:
    ///   - together: the scores of runs on all tasks, `[runs][tasks]`.
    ///   - alone: the scores of runs on one task each, with the same seeds and folds, `[runs][tasks]`.
    ///   - metrics: what the scores are, task by task; of errors the smaller is the better.
    public init(together: [[Double]], alone: [[Double]], metrics: [Metric]) {
        precondition(
            together.count == alone.count && (together + alone).allSatisfy { $0.count == metrics.count },
            "one score per run and task")
        changes = metrics.enumerated().map { task, metric in
            let single = alone.map { metric.merit($0[task]) }
            let size = abs(single.mean)
            guard size > 0 else { return nil }
            return zip(together, single).map { (metric.merit($0[task]) - $1) / size }
        }
    }

    /// The mean change over the tasks that have one, run by run; nil where none has.
    public var runs: [Double]? {
        let known = changes.compactMap { $0 }
        guard let first = known.first else { return nil }
        return first.indices.map { run in known.map { $0[run] }.mean }
    }
}
