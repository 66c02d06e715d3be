import CPUSimulation
import Circuits
import Experiments
import Foundation
import Synchronization
import Testing
import Training

struct GridRunnerTests {
    /// What an observer has been told.
    private final class Log: GridObserver {
        struct Entries {
            var finishedBefore = 0
            var finished: [String] = []
            var failed: [String: String] = [:]
            var settled: [Int] = []
        }

        let entries = Mutex(Entries())

        func began(total: Int, finished: Int) { entries.withLock { $0.finishedBefore = finished } }
        func advanced(
            _ run: Grid.Run, in folder: RunFolder, _ progress: TrainingProgress, fraction: Double
        ) { #expect((0...1).contains(fraction)) }
        func finished(
            _ run: Grid.Run, in folder: RunFolder, _ outcome: TrainingOutcome, settled: Int, total: Int
        ) {
            entries.withLock {
                $0.finished.append(run.cell.path)
                $0.settled.append(settled)
            }
        }
        func failed(_ run: Grid.Run, error: String, settled: Int, total: Int) {
            entries.withLock {
                $0.failed[run.cell.path] = error
                $0.settled.append(settled)
            }
        }
        func waiting(for count: Int) {}
    }

    private static func runner(_ log: Log, jobs: Int = 2) -> GridRunner {
        GridRunner(
            backends: (0..<jobs).map { _ in CPUBackend(threads: 1) }, datasets: DatasetStore(), version: "0",
            configurationText: { _ in "" }, observer: log)
    }

    @Test func everyRunIsMadeOnce() async throws {
        try await GridFixture.withFolder { folder in
            let grid = try GridFixture.grid(in: folder)
            let log = Log()
            try await Self.runner(log).run(grid)
            let entries = log.entries.withLock { $0 }
            #expect(Set(entries.finished) == Set(grid.runs.map(\.cell.path)) && entries.finished.count == 4)
            #expect(entries.settled.sorted() == [1, 2, 3, 4] && entries.finishedBefore == 0)
            #expect(try GridManifest(in: folder) == grid.manifest)
            #expect(try String(contentsOf: Grid.configurationURL(in: folder), encoding: .utf8) == "a: 1\n")

            let again = Log()
            try await Self.runner(again).run(grid)
            #expect(again.entries.withLock { $0.finished.isEmpty && $0.finishedBefore == 4 })
        }
    }

    /// Two runners are as two processes: the locks are those of the files.
    @Test func runnersShareAGrid() async throws {
        try await GridFixture.withFolder { folder in
            let grid = try GridFixture.grid(in: folder) { $0.epochs = 4 }
            let logs = [Log(), Log()]
            try await withThrowingTaskGroup { group in
                for log in logs { group.addTask { try await Self.runner(log, jobs: 1).run(grid) } }
                try await group.waitForAll()
            }
            let finished = logs.flatMap { $0.entries.withLock { $0.finished } }
            #expect(finished.sorted() == grid.runs.map(\.cell.path).sorted())
        }
    }

    @Test func aShardRunsItsPart() async throws {
        try await GridFixture.withFolder { folder in
            let grid = try GridFixture.grid(in: folder)
            let shards = [try #require(GridShard("1/2")), try #require(GridShard("2/2"))]
            let logs = [Log(), Log()]
            try await Self.runner(logs[0]).run(grid, shard: shards[0])
            let status = GridStatus(of: grid.runs.map(\.cell), in: folder)
            #expect(status.finished == 2 && status.open == 2 && status.failures.isEmpty)
            try await Self.runner(logs[1]).run(grid, shard: shards[1])
            #expect(GridStatus(of: grid.runs.map(\.cell), in: folder).open == 0)
            #expect(logs.map { $0.entries.withLock { $0.finished.count } } == [2, 2])
        }
    }

    @Test func aFailedRunStopsNoOther() async throws {
        try await GridFixture.withFolder { folder in
            // The digits have no folds.
            let failing = try GridFixture.grid(in: folder) { settings in
                if settings.head.kind == .sliced, settings.seed == 2 { settings.dataset.fold = 9 }
            }
            let log = Log()
            try await Self.runner(log).run(failing)
            let entries = log.entries.withLock { $0 }
            #expect(entries.finished.count == 3)
            let message = try #require(entries.failed["sliced/seed-2"])
            #expect(message.contains("has no folds"))
            let status = GridStatus(of: failing.runs.map(\.cell), in: folder)
            #expect(status.failures == [Grid.Failure(run: "sliced/seed-2", error: message)])
            #expect(status.open == 0)

            // It is tried again by the next command, and what it left does not matter once it works.
            let log2 = Log()
            try await Self.runner(log2).run(GridFixture.grid(in: folder))
            #expect(log2.entries.withLock { $0.finished } == ["sliced/seed-2"])
            #expect(GridStatus(of: failing.runs.map(\.cell), in: folder).failures.isEmpty)
        }
    }

    @Test func aDamagedFolderIsOneFailedRun() async throws {
        try await GridFixture.withFolder { folder in
            let grid = try GridFixture.grid(in: folder)
            let broken = grid.runFolder(grid.runs[0].cell)
            try broken.create()
            try Data("torn".utf8).write(to: broken.checkpointURL)
            let log = Log()
            try await Self.runner(log).run(grid)
            let entries = log.entries.withLock { $0 }
            #expect(entries.finished.count == 3)
            #expect(entries.failed.keys.map { $0 } == [grid.runs[0].cell.path])
        }
    }

    @Test func aFolderOfOtherSettingsIsRefused() async throws {
        try await GridFixture.withFolder { folder in
            try await Self.runner(Log()).run(GridFixture.grid(in: folder))
            await #expect(throws: TrainingError.self) {
                try await Self.runner(Log()).run(GridFixture.grid(in: folder) { $0.batch = 17 })
            }
        }
    }

    @Test func aHeadThatDoesNotSuitIsRecordedAndLeftOut() async throws {
        try await GridFixture.withFolder { folder in
            // The first of the heads cannot be built with these settings.
            let grid = try GridFixture.grid(in: folder) { if $0.head.kind == .linear { $0.batch = 0 } }
            let log = Log()
            try await Self.runner(log).run(grid)
            let entries = log.entries.withLock { $0 }
            #expect(entries.finished.sorted() == ["sliced/seed-1", "sliced/seed-2"])
            let status = GridStatus(of: grid.runs.map(\.cell), in: folder)
            #expect(status.open == 0 && status.failures.map(\.run) == ["linear/seed-1", "linear/seed-2"])
            #expect(status.failures.allSatisfy { $0.error.contains("batch") })
        }
    }

    @Test func aSettingThatSuitsNoHeadIsFoundFirst() async throws {
        try await GridFixture.withFolder { folder in
            let grid = try GridFixture.grid(in: folder) { $0.batch = 0 }
            await #expect(throws: TrainingError.self) { try await Self.runner(Log()).run(grid) }
            #expect(try GridManifest(in: folder) == nil)
        }
    }
}
