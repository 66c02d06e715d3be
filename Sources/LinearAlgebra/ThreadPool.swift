import CThreads
import Dispatch
import Foundation
import Synchronization

/// Threads that wait for work, the same for the whole program.
///
/// A step has several short stretches of parallel work. Between them a thread waits awake for a while: taking it out of sleep
/// would take longer than most stretches.
final class ThreadPool: Sendable {
    /// One thread for each core but the caller's.
    static let shared = ThreadPool(threads: ThreadTeam.allCores.size - 1)

    /// What a thread does with a job; its argument is a number that no other thread of the job has, the caller's being 0.
    typealias Body = @Sendable (_ worker: Int) -> Void

    /// The job that is open and who works on it, in one word: jobs so far, whether one is open, how many workers it may have,
    /// how many threads of the pool are in it.
    private struct Stage {
        var word: UInt64
        static let inside: UInt64 = 1
        static let worker: UInt64 = 1 << 16
        static let open: UInt64 = 1 << 32
        static let job: UInt64 = 1 << 33

        var isOpen: Bool { word & Self.open != 0 }
        var insideCount: UInt64 { word & (Self.worker - 1) }
        var workerCount: Int { Int((word & (Self.open - 1)) / Self.worker) }
        var jobCount: UInt64 { word / Self.job }
    }

    private let stage = Atomic<UInt64>(0)
    private let isTaken = Atomic(false)
    /// The open job's body; read only inside the job.
    private nonisolated(unsafe) var body: Body?
    private let sleepers: [Sleeper]

    /// Whether a thread sleeps, and what wakes it.
    private final class Sleeper: Sendable {
        let isAsleep = Atomic(false)
        let bell = DispatchSemaphore(value: 0)
    }

    /// Looks at the stage before a thread goes to sleep: some tens of microseconds.
    private static let patience = 4000

    private init(threads: Int) {
        sleepers = (0..<threads).map { _ in Sleeper() }
        for index in sleepers.indices {
            let thread = Thread { [unowned self] in serve(index) }
            thread.name = "qmtl-\(index + 1)"
            thread.qualityOfService = .userInitiated
            thread.start()
        }
    }

    /// Calls `body` on this thread and on those of the pool that come in time, fewer than `workers` in all; false, without a
    /// call, where the pool has another job.
    func run(workers: Int, _ body: Body) -> Bool {
        guard isTaken.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged else {
            return false
        }
        defer { isTaken.store(false, ordering: .releasing) }
        withoutActuallyEscaping(body) { body in
            self.body = body
            let before = Stage(word: stage.load(ordering: .relaxed))
            stage.store(
                (before.jobCount + 1) * Stage.job + Stage.open + UInt64(workers) * Stage.worker,
                ordering: .sequentiallyConsistent)
            for sleeper in sleepers.prefix(workers - 1)
            where sleeper.isAsleep.exchange(false, ordering: .sequentiallyConsistent) {
                sleeper.bell.signal()
            }
            body(0)
            // Nobody comes in any more; those inside are waited for.
            var left = stage.bitwiseAnd(~Stage.open, ordering: .acquiringAndReleasing).newValue
            var looks = 0
            while Stage(word: left).insideCount > 0 {
                looks += 1
                if looks < Self.patience { qmtl_spin() } else { sched_yield() }
                left = stage.load(ordering: .acquiring)
            }
            self.body = nil
        }
        return true
    }

    /// What a thread of the pool does all its life.
    private func serve(_ index: Int) {
        var seen: UInt64 = 0
        while true {
            let found = next(after: seen, index)
            seen = found.jobCount
            guard found.isOpen, index + 1 < found.workerCount else { continue }
            // The job may have closed meanwhile, or others may have come in.
            var now = found
            while now.isOpen, now.jobCount == seen {
                let entry = stage.weakCompareExchange(
                    expected: now.word, desired: now.word + Stage.inside, ordering: .acquiringAndReleasing)
                if entry.exchanged {
                    body!(index + 1)
                    stage.subtract(Stage.inside, ordering: .releasing)
                    break
                }
                now = Stage(word: entry.original)
            }
        }
    }

    /// The stage with another job than the one seen last, for which a thread first waits awake and then sleeps.
    private func next(after seen: UInt64, _ index: Int) -> Stage {
        for _ in 0..<Self.patience {
            let found = Stage(word: stage.load(ordering: .acquiring))
            if found.jobCount != seen { return found }
            qmtl_spin()
        }
        let sleeper = sleepers[index]
        sleeper.isAsleep.store(true, ordering: .sequentiallyConsistent)
        while true {
            let found = Stage(word: stage.load(ordering: .sequentiallyConsistent))
            if found.jobCount != seen {
                // Who clears the flag rings.
                let isRung = !sleeper.isAsleep.exchange(false, ordering: .sequentiallyConsistent)
                if isRung { sleeper.bell.wait() }
                return found
            }
            sleeper.bell.wait()
            sleeper.isAsleep.store(true, ordering: .sequentiallyConsistent)
        }
    }
}
