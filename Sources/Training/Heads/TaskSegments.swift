/// Consecutive places shared out among tasks, such as features or outputs.
struct TaskSegments: Sendable, Equatable {
    /// The places of each task.
    let ranges: [Range<Int>]
    /// The number of places in all.
    let total: Int
    /// The most places of a task.
    let largest: Int

    /// `counts[t]` places for task `t`.
    init(counts: [Int]) {
        var start = 0
        ranges = counts.map { count in
            defer { start += count }
            return start..<start + count
        }
        total = start
        largest = counts.max() ?? 0
    }

    /// The number of tasks.
    var count: Int { ranges.count }
}
