import Synchronization

/// The threads that products of matrices run on, for the whole program; results do not depend on them.
public enum ProductThreads {
    private static let most = Atomic(Int.max)

    /// Lets every following product use at most `count` threads.
    public static func limit(to count: Int) {
        precondition(count > 0, "products need a thread")
        most.store(count, ordering: .relaxed)
    }

    /// The number of threads that products run on.
    public static var count: Int { team.size }

    /// All cores, or fewer where there is a limit.
    static var team: ThreadTeam {
        ThreadTeam(size: min(ThreadTeam.allCores.size, most.load(ordering: .relaxed)))
    }
}
