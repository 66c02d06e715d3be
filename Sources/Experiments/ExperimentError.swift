/// Why runs could not be compared.
public enum ExperimentError: Error, Equatable, Sendable, CustomStringConvertible {
    /// There is nothing to compare.
    case noRuns
    /// Runs of several data sets were given.
    case differentDatasets(first: String, second: String)
    /// Two heads were not run with the same seeds.
    case differentSeeds(head: String, seeds: [UInt64], other: String, otherSeeds: [UInt64])
    /// A run scores other tasks than the first run does.
    case differentTasks(head: String, seed: UInt64, tasks: [String], expected: [String])

    /// One sentence on what is wrong and what to do.
    public var description: String {
        switch self {
        case .noRuns:
            "there are no finished runs to compare: train at least one head first"
        case .differentDatasets(let first, let second):
            "runs on data set '\(first)' and on '\(second)' cannot be compared: use one data set"
        case .differentSeeds(let head, let seeds, let other, let otherSeeds):
            """
            head '\(head)' was run with seeds \(seeds) and '\(other)' with \(otherSeeds), so their runs cannot be paired: \
            run every head with the same seeds
            """
        case .differentTasks(let head, let seed, let tasks, let expected):
            """
            the run of '\(head)' with seed \(seed) scores the tasks \(tasks.joined(separator: ", ")) where \
            \(expected.joined(separator: ", ")) are expected: remake it on the same data set
            """
        }
    }
}
