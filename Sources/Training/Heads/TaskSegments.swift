/// Consecutive places shared out among tasks, such as features or outputs.
struct TaskSegments: Sendable, Equatable {
    /// The places of each task.
    let ranges: [Range<Int>]

    /// `counts[t]` places for task `t`.
    init(counts: [Int]) {
        var start = 0
        ranges = counts.map { count in
            defer { start += count }
            return start..<start + count
        }
    }

    /// The number of tasks.
    var count: Int { ranges.count }
    /// The number of places in all.
    var total: Int { ranges.last?.upperBound ?? 0 }
    /// The most places of a task.
    var largest: Int { ranges.map(\.count).max() ?? 0 }
}
