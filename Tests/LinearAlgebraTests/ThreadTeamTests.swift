import Foundation
import LinearAlgebra
import Synchronization
import Testing

@Suite struct ThreadTeamTests {
    @Test(arguments: [1, 2, 5], [0, 1, 2, 1000])
    func everyIndexIsHandedOutOnce(_ size: Int, _ count: Int) {
        for _ in 0..<20 {
            let seen = Mutex([Int](repeating: 0, count: count))
            ThreadTeam(size: size).forEach(count) { index, _ in seen.withLock { $0[index] += 1 } }
            #expect(seen.withLock { $0 } == [Int](repeating: 1, count: count))
        }
    }

    @Test(arguments: [2, 3])
    func aWorkerNumberIsHeldByOneCallAtATime(_ size: Int) {
        let busy = Mutex(Set<Int>())
        let clashes = Atomic(0)
        for _ in 0..<20 {
            ThreadTeam(size: size).forEach(500) { _, worker in
                let isFree = busy.withLock { $0.insert(worker).inserted }
                if !isFree || !(0..<size).contains(worker) { clashes.wrappingAdd(1, ordering: .relaxed) }
                _ = busy.withLock { $0.remove(worker) }
            }
        }
        #expect(clashes.load(ordering: .relaxed) == 0)
    }

    private final class Counter: Sendable {
        let value = Atomic(0)
    }

    @Test func workWithinWorkAndManyCallersEnd() async {
        let total = Counter()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<6 {
                group.addTask {
                    for _ in 0..<100 {
                        ThreadTeam(size: 2).forEach(5) { _, _ in
                            ThreadTeam(size: 2).forEach(3) { _, _ in
                                total.value.wrappingAdd(1, ordering: .relaxed)
                            }
                        }
                    }
                }
            }
        }
        #expect(total.value.load(ordering: .relaxed) == 6 * 100 * 15)
    }

    /// What the threads wrote is there for the caller, whether they were awake or asleep.
    @Test func resultsAreThereAfterwards() {
        for round in 0..<500 {
            if round % 50 == 0 { usleep(2000) }
            nonisolated(unsafe) let values = UnsafeMutablePointer<Int>.allocate(capacity: 64)
            defer { values.deallocate() }
            values.initialize(repeating: -1, count: 64)
            ThreadTeam(size: 2).forEach(64) { index, worker in
                if worker > 0, round % 10 == 0 { usleep(100) }
                values[index] = index + round
            }
            #expect((0..<64).allSatisfy { values[$0] == $0 + round })
        }
    }
}
