import Dispatch
import Synchronization

/// Which runs of a grid are still to do, shared by the workers of one process.
final class GridQueue: Sendable {
    /// What a worker does next.
    enum Turn {
        /// Try the run at this index of the grid.
        case run(Int)
        /// Wait: what is left is under way in other processes.
        case wait
    }

    private struct State {
        var waiting: [Int]
        /// Runs that other processes hold, and when to look at them again.
        var held: [(index: Int, retry: DispatchTime)] = []
        var fractions: [Int: Double] = [:]
        /// Runs that ended while this process was at work.
        var ended: Set<Int> = []
    }

    /// The number of runs of this process's part, finished ones included.
    let total: Int
    private let finished: Int
    private let state: Mutex<State>
    private static let retryInterval = DispatchTimeInterval.milliseconds(200)

    init(_ indices: [Int], finished: Int) {
        total = indices.count + finished
        self.finished = finished
        state = Mutex(State(waiting: indices.reversed()))
    }

    /// The next turn of a worker; nil where nothing is left for it.
    func next() -> Turn? {
        state.withLock { state in
            if let index = state.waiting.popLast() { return .run(index) }
            guard let first = state.held.first else { return nil }
            guard first.retry <= .now() else { return .wait }
            state.held.removeFirst()
            return .run(first.index)
        }
    }

    /// Notes that another process holds the run.
    ///
    /// - Returns: The number of runs held by others, where nothing else is left to do.
    func hold(_ index: Int) -> Int? {
        state.withLock { state in
            state.held.append((index, .now() + Self.retryInterval))
            return state.waiting.isEmpty && state.fractions.isEmpty ? state.held.count : nil
        }
    }

    /// Notes that a run has ended, well or not.
    ///
    /// - Returns: The number of runs that have.
    func settle(_ index: Int) -> Int {
        state.withLock { state in
            state.fractions[index] = nil
            state.ended.insert(index)
            return finished + state.ended.count
        }
    }

    /// Notes how far a run is.
    ///
    /// - Returns: The finished share of all runs; every run counts the same.
    func update(_ index: Int, fraction: Double) -> Double {
        state.withLock { state in
            state.fractions[index] = fraction
            let settled = Double(finished + state.ended.count)
            return (settled + state.fractions.values.reduce(0, +)) / Double(max(total, 1))
        }
    }
}
