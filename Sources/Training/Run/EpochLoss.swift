import LinearAlgebra

/// The mean training loss of an epoch, over labels and not over minibatches.
struct EpochLoss {
    private let taskWeights: [Double]
    private var sums: [Double]
    private var counts: [Int]

    init(taskWeights: [Double]) {
        self.taskWeights = taskWeights
        sums = taskWeights.map { _ in 0 }
        counts = taskWeights.map { _ in 0 }
    }

    /// Adds a minibatch's losses `[samples x T]`.
    mutating func add(_ losses: Matrix, labelCounts: [Int]) {
        for (task, sum) in BatchLoss.sums(losses).enumerated() {
            sums[task] += sum
            counts[task] += labelCounts[task]
        }
    }

    /// Each task's mean; 0 without labels so far.
    var taskMeans: [Double] { zip(sums, counts).map { $0 / Double(max($1, 1)) } }

    /// The weighted sum of the tasks' means; a task without labels so far counts nothing.
    var mean: Double { zip(taskWeights, taskMeans).reduce(0) { $0 + $1.0 * $1.1 } }
}
