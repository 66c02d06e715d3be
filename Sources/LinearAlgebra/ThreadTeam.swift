import Dispatch
import Foundation
import Synchronization

/// Runs independent pieces of work on several threads, each taking the next piece as it becomes free.
package struct ThreadTeam: Sendable {
    /// The number of threads, the caller's included.
    package let size: Int

    /// A team of `size` threads.
    package init(size: Int) { self.size = size }

    /// A team of as many threads as there are cores.
    package static let allCores = ThreadTeam(size: ProcessInfo.processInfo.activeProcessorCount)

    /// Calls `body` once for every index below `count`, in any order and from any thread of the team.
    ///
    /// The second argument of `body` is a number below `size` that no other call has at the same time.
    package func forEach(_ count: Int, _ body: @Sendable (_ index: Int, _ worker: Int) -> Void) {
        let workers = min(size, count)
        if workers <= 1 {
            for index in 0..<count { body(index, 0) }
            return
        }
        let next = Atomic(0)
        @Sendable func takePieces(_ worker: Int) {
            while true {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                if index >= count { return }
                body(index, worker)
            }
        }
        // Work within work, and that of several callers, goes to threads that the system finds.
        if workers > ThreadTeam.allCores.size || !ThreadPool.shared.run(workers: workers, takePieces) {
            DispatchQueue.concurrentPerform(iterations: workers, execute: takePieces)
        }
    }
}
