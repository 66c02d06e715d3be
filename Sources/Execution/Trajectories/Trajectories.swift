/// How noise is unravelled: into how many quantum trajectories, and from which seed.
public struct Trajectories: Sendable, Equatable {
    /// The number of trajectories of each sample, at least 2: a standard error needs two.
    public let count: Int
    /// The seed of what is drawn.
    public let seed: UInt64

    /// The least number that has a standard error.
    public static let leastCount = 2

    /// That many trajectories of each sample.
    public init(count: Int, seed: UInt64 = 1) {
        precondition(count >= Self.leastCount, "at least two trajectories")
        self.count = count
        self.seed = seed
    }
}
