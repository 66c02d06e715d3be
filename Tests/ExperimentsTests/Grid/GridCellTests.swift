import Experiments
import Foundation
import Testing
import Training

struct GridCellTests {
    @Test func pathsAndNamesTellCellsApart() {
        let cell = GridCell(head: HeadChoice(.quantum, preset: .deep), seed: 3, tasks: 64, fold: 2)
        #expect(cell.path == "tasks-64/quantum-deep/seed-3/fold-2")
        #expect(cell.name == "quantum:deep, 64 tasks, seed 3, fold 2")
        #expect(GridCell(head: HeadChoice(.linear), seed: 1).path == "linear/seed-1")
        let alone = ["even", "a b", "a/b", "a%2Fb", ".."].map {
            GridCell(head: HeadChoice(.linear), seed: 1, task: $0).path
        }
        #expect(alone[0] == "linear/task-even/seed-1" && Set(alone).count == 5)
        #expect(alone.allSatisfy { $0.split(separator: "/").count == 3 })
    }

    @Test(arguments: 1...7, [1, 6, 7, 30])
    func shardsAreAPartition(count: Int, runs: Int) throws {
        let shards = try (1...count).map { try #require(GridShard(number: $0, count: count)) }
        let parts = shards.map { shard in (0..<runs).filter(shard.contains) }
        #expect(parts.flatMap { $0 }.sorted() == Array(0..<runs))
        let sizes = parts.map(\.count)
        #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
    }

    /// Three heads on three machines: each machine gets each head.
    @Test func shardsShareEveryHead() throws {
        let shard = try #require(GridShard("1/3"))
        #expect(Set((0..<9).filter(shard.contains).map { $0 % 3 }) == [0, 1, 2])
    }

    @Test(arguments: ["0/2", "3/2", "1", "1/2/3", "a/2", "1/0", ""])
    func otherShardsAreNone(text: String) { #expect(GridShard(text) == nil) }

    @Test func comparableResultsArePaired() {
        func result(_ head: HeadKind, _ seed: UInt64) -> Grid.Result {
            Grid.Result(cell: GridCell(head: HeadChoice(head), seed: seed), result: GridFixture.result)
        }
        let paired = [result(.linear, 1), result(.quantum, 1)]
        #expect(Grid.comparable(paired) == paired)
        // The second seed lacks a head; sliced heads have no result at all and are left out by being absent.
        #expect(Grid.comparable(paired + [result(.linear, 2)]) == paired)
        #expect(Grid.comparable([]).isEmpty)
        let alone = Grid.Result(
            cell: GridCell(head: HeadChoice(.linear), seed: 1, task: "even"), result: GridFixture.result)
        #expect(Grid.comparable([alone] + paired) == paired)
    }
}
