import Datasets
import Training

extension HeadComparison {
    /// The multi-task gain of one head: its scores on tasks learnt together beside those of one model a task.
    ///
    /// See `MultiTaskGain` for the definition; positive is in favour of learning together. Intervals are Student's t over the
    /// pairs of `RunPairing`, the single-task score that changes are relative to taken as known.
    public struct Gain: Codable, Sendable, Equatable {
        /// One task.
        public struct Task: Codable, Sendable, Equatable {
            /// The task's name.
            public var name: String
            /// The test score of the task learnt alone.
            public var alone: Summary
            /// The relative change; nil where the score alone is 0.
            public var change: Summary?
        }

        /// The mean relative change over tasks; nil where no task has one.
        public var mean: Summary?
        /// Every task.
        public var tasks: [Task]
        /// The number of runs that have been made both ways.
        public var runs: Int
        /// The parameters of all single-task models together.
        public var parameters: RunResult.Parameters
        /// The training seconds of all single-task models together.
        public var seconds: Double
    }
}

extension HeadComparison.Gain {
    /// The gain of `runs`, all of one head and on the same tasks; nil where none of them has also been made task by task.
    /// - Parameter alone: runs on one task each, of any heads.
    init?(of runs: [RunResult], alone: [RunResult]) {
        let pairs = runs.compactMap { run -> (together: RunResult, alone: [RunResult])? in
            let own = alone.filter {
                ($0.head, $0.preset, $0.seed, $0.fold) == (run.head, run.preset, run.seed, run.fold)
            }
            let single = run.tasks.compactMap { task in own.first { $0.tasks.map(\.name) == [task.name] } }
            return single.count == run.tasks.count ? (run, single) : nil
        }
        guard let first = pairs.first else { return nil }
        let pairing = RunPairing(pairs.map(\.together))
        func summary(_ values: [Double]) -> HeadComparison.Summary {
            HeadComparison.Summary(of: values, pairing: pairing)
        }
        let scores = pairs.map { $0.alone.map { $0.tasks[0].test } }
        let gain = MultiTaskGain(
            together: pairs.map { $0.together.tasks.map(\.test) }, alone: scores,
            metrics: first.together.tasks.map { Metric(rawValue: $0.metric) ?? .accuracy })
        self.init(
            mean: gain.runs.map(summary),
            tasks: first.together.tasks.enumerated().map { index, task in
                Task(
                    name: task.name, alone: summary(scores.map { $0[index] }),
                    change: gain.changes[index].map(summary))
            },
            runs: pairs.count,
            parameters: RunResult.Parameters(
                head: first.alone.map(\.parameters.head).reduce(0, +),
                interface: first.alone.map(\.parameters.interface).reduce(0, +),
                dead: first.alone.map(\.parameters.dead).reduce(0, +)),
            seconds: pairs.map { $0.alone.map(\.seconds.train).reduce(0, +) }.mean)
    }
}
