import LinearAlgebra
import Synchronization
import Testing

@Suite struct ThreadTeamTests {
    @Test(arguments: [1, 2, 5], [0, 1, 2, 1000])
    func everyIndexIsHandedOutOnce(_ size: Int, _ count: Int) {
        let seen = Mutex([Int](repeating: 0, count: count))
        ThreadTeam(size: size).forEach(count) { index, _ in seen.withLock { $0[index] += 1 } }
        #expect(seen.withLock { $0 } == [Int](repeating: 1, count: count))
    }

    @Test func aWorkerNumberIsHeldByOneCallAtATime() {
        let busy = Mutex(Set<Int>())
        let clashes = Atomic(0)
        ThreadTeam(size: 3).forEach(500) { _, worker in
            let isFree = busy.withLock { $0.insert(worker).inserted }
            if !isFree || !(0..<3).contains(worker) { clashes.wrappingAdd(1, ordering: .relaxed) }
            _ = busy.withLock { $0.remove(worker) }
        }
        #expect(clashes.load(ordering: .relaxed) == 0)
    }
}
