import Foundation
import Training

/// Everything that decides a sweep over numbers of tasks: the keys of a run, with those of the sweep beside them.
///
/// The data set of a run gives way to the family of each number of tasks, `digits:T`; `head.kind` and `head.preset` to each
/// of `heads`; `seed` is the first of consecutive ones.
public struct SweepConfiguration: Sendable, Equatable {
    /// The numbers of tasks `T`.
    public var tasks = [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]
    /// The heads that are trained and scored.
    public var heads = [HeadChoice(.quantum), HeadChoice(.linear), HeadChoice(.sliced)]
    /// Further heads, of which only parameters and cost are measured.
    public var counted: [HeadChoice] = []
    /// How many seeds every scored head is run with.
    public var seeds = 3
    /// From how many tasks on there are fewer seeds; nil for the same number at every `T`.
    public var manyTasks: ManyTasks?
    /// Training steps that are timed for every head and number of tasks.
    public var timedSteps = 20
    /// What all runs share.
    public var run = RunConfiguration()

    /// Fewer seeds where runs are long.
    public struct ManyTasks: Codable, Sendable, Equatable {
        /// The largest number of tasks that still has all seeds.
        public var above: Int
        /// The number of seeds beyond.
        public var seeds: Int

        /// As many as `seeds` beyond `above` tasks.
        public init(above: Int, seeds: Int) {
            self.above = above
            self.seeds = seeds
        }
    }

    /// Quantum, linear and sliced heads on families of digit tasks.
    public init() {}

    /// All heads, scored ones first, each once.
    public var allHeads: [HeadChoice] { heads + counted.filter { !heads.contains($0) } }

    /// The number of seeds for `tasks` tasks.
    public func seedCount(tasks: Int) -> Int {
        guard let manyTasks, tasks > manyTasks.above else { return seeds }
        return manyTasks.seeds
    }

    /// Holds what a run's configuration does not know to its range.
    /// - Throws: `ExperimentError`.
    public func validate() throws(ExperimentError) {
        guard run.dataset.name == "digits" else { throw .noFamily(dataset: run.dataset.name) }
        guard !tasks.isEmpty else { throw .invalidSize(name: "the number of task counts", value: 0) }
        for (index, count) in tasks.enumerated() {
            guard count > 0 else { throw .invalidSize(name: "a number of tasks", value: count) }
            if tasks[..<index].contains(count) { throw .repeatedTaskCount(count) }
        }
        guard seeds > 0 else { throw .invalidSize(name: "the number of seeds", value: seeds) }
        if let manyTasks, manyTasks.seeds < 1 {
            throw .invalidSize(name: "many_tasks.seeds", value: manyTasks.seeds)
        }
        guard timedSteps > 0 else { throw .invalidSize(name: "timed_steps", value: timedSteps) }
        guard !heads.isEmpty else { throw .noHeads }
        if let head = HeadChoice.firstRepeated(heads) { throw .repeatedHead(name: head.name) }
    }

    /// The runs: for every seed and number of tasks, every scored head.
    /// - Parameters:
    ///   - folder: the grid's folder.
    ///   - text: the configuration as it goes into the folder's `config.yaml`.
    public func grid(in folder: URL, text: String) -> Grid {
        let most = tasks.map(seedCount).max() ?? 0
        var runs: [Grid.Run] = []
        for offset in 0..<most {
            for count in tasks where offset < seedCount(tasks: count) {
                for head in heads {
                    let cell = GridCell(head: head, seed: run.seed &+ UInt64(offset), tasks: count)
                    runs.append(Grid.Run(cell: cell, configuration: run.of(cell)))
                }
            }
        }
        return Grid(folder: folder, runs: runs, purpose: .sweep, configurationText: text)
    }
}

extension SweepConfiguration: Codable {
    private enum CodingKeys: String, CodingKey {
        case tasks, heads, counted, seeds
        case manyTasks = "many_tasks"
        case timedSteps = "timed_steps"
    }

    /// Reads a configuration; what is missing has its default.
    public init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        tasks = try keys.decodeIfPresent([Int].self, forKey: .tasks) ?? tasks
        heads = try keys.decodeIfPresent(HeadList.self, forKey: .heads)?.choices ?? heads
        counted = try keys.decodeIfPresent(HeadList.self, forKey: .counted)?.choices ?? counted
        seeds = try keys.decodeIfPresent(Int.self, forKey: .seeds) ?? seeds
        manyTasks = try keys.decodeIfPresent(ManyTasks.self, forKey: .manyTasks)
        timedSteps = try keys.decodeIfPresent(Int.self, forKey: .timedSteps) ?? timedSteps
        run = try RunConfiguration(from: decoder)
    }

    /// Writes its own keys before those of the run.
    public func encode(to encoder: any Encoder) throws {
        var keys = encoder.container(keyedBy: CodingKeys.self)
        try keys.encode(tasks, forKey: .tasks)
        try keys.encode(heads, forKey: .heads)
        try keys.encode(counted, forKey: .counted)
        try keys.encode(seeds, forKey: .seeds)
        try keys.encodeIfPresent(manyTasks, forKey: .manyTasks)
        try keys.encode(timedSteps, forKey: .timedSteps)
        try run.encode(to: encoder)
    }
}
