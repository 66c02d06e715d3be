import CPUSimulation
import Datasets
import Foundation
import Noise
import Optimization
import Synchronization
import Testing
import Training

@Suite struct ResumeTests {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("qmtl-\(UUID().uuidString)")

    static func configuration(_ kind: HeadKind) -> RunConfiguration {
        var configuration = RunConfiguration()
        configuration.head.kind = kind
        configuration.epochs = 6
        configuration.batch = 16
        configuration.optimizer.schedule.kind = .cosine
        return configuration
    }

    static func trainer(_ kind: HeadKind) throws -> Trainer {
        try Trainer(configuration(kind), dataset: SmallData.mixed(), backend: CPUBackend(threads: 2))
    }

    static func train(
        _ trainer: Trainer, _ url: URL, resuming: Bool = false,
        progress: @Sendable (TrainingProgress) -> Void = { _ in }
    ) async throws -> TrainingOutcome {
        try await trainer.train(
            in: RunFolder(url), configurationText: "seed: 1\n", resuming: resuming, version: "test",
            progress: progress)
    }

    /// Everything but the times.
    static func numbers(_ result: RunResult) -> RunResult {
        var result = result
        result.seconds = RunResult.Seconds(train: 0, perStep: 0)
        result.circuitsPerSecond = nil
        return result
    }

    /// What a kill leaves is what the folder holds at that moment: it is copied after every report and resumed from.
    @Test(arguments: HeadKind.allCases) func aKilledRunEndsAsIfUnbroken(kind: HeadKind) async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let trainer = try Self.trainer(kind)
        let whole = folder.appendingPathComponent("whole")
        let copies = Mutex<[URL]>([])
        let unbroken = try await Self.train(trainer, whole) { progress in
            guard progress.step == 2 || progress.record != nil else { return }
            let moment = progress.record == nil ? "in" : "after"
            let copy = whole.deletingLastPathComponent()
                .appendingPathComponent("\(moment)-\(progress.epoch)")
            if (try? FileManager.default.copyItem(at: whole, to: copy)) != nil {
                copies.withLock { $0.append(copy) }
            }
        }
        let killed = copies.withLock { $0 }
        #expect(killed.count == 12)
        for copy in killed {
            let resumed = try await Self.train(trainer, copy, resuming: true)
            #expect(Self.numbers(resumed.result) == Self.numbers(unbroken.result))
            #expect(resumed.history == unbroken.history)
            #expect(resumed.trained.parameters == unbroken.trained.parameters)
            #expect(try RunFolder(copy).history() == unbroken.history)
            let (end, expected) = (try RunFolder(copy).checkpoint(), try RunFolder(whole).checkpoint())
            #expect(end.parameters == expected.parameters)
            #expect(end.state.step == expected.state.step)
        }
    }

    /// A run goes on where another was best; one with other heads has no parameters for it.
    @Test func aRunMayStartFromAnother() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let first = try await Self.train(Self.trainer(.quantum), folder)
        var configuration = Self.configuration(.quantum)
        configuration.start = folder.path
        configuration.seed = 9
        func trainer() throws -> Trainer {
            try Trainer(configuration, dataset: SmallData.mixed(), backend: CPUBackend(threads: 1))
        }
        let second = try await trainer().train(version: "test")
        #expect(second.history[0].trainLoss < first.history[0].trainLoss)
        configuration.optimizer.learningRate = 1e-30
        #expect(try await trainer().train(version: "test").trained.parameters == first.trained.parameters)
        configuration.head.kind = .linear
        #expect(throws: TrainingError.self) { try trainer() }
    }

    /// Shots and trajectories of a step do not depend on those before it.
    @Test(arguments: [true, false]) func aKilledEstimatedRunEndsAsIfUnbroken(fromShots: Bool) async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        var configuration = Self.configuration(.quantum)
        if fromShots { configuration.shots = 20 } else { configuration.trajectories = 5 }
        configuration.noise = try NoiseDescription(named: "depolarizing:0.05")
        configuration.epochs = 3
        let (whole, copy) = (
            folder.appendingPathComponent("whole"), folder.appendingPathComponent("copy")
        )
        func trainer() throws -> Trainer {
            try Trainer(configuration, dataset: SmallData.mixed(), backend: CPUBackend(threads: 1))
        }
        let unbroken = try await Self.train(trainer(), whole) { progress in
            if progress.epoch == 2, progress.record != nil {
                try? FileManager.default.copyItem(at: whole, to: copy)
            }
        }
        let resumed = try await Self.train(trainer(), copy, resuming: true)
        #expect(Self.numbers(resumed.result) == Self.numbers(unbroken.result))
        #expect(resumed.history == unbroken.history)
        #expect(resumed.trained.parameters == unbroken.trained.parameters)
        (configuration.shots, configuration.trajectories) = (nil, nil)
        #expect(try await trainer().train(version: "test").history != unbroken.history)
    }

    /// What methods remember, and weights kept for some steps, survive a kill bit for bit.
    @Test(arguments: [
        (BalancingMethod.uncertainty, 1), (.dynamicWeightAverage, 1), (.random, 1), (.stch, 1), (.famo, 1),
        (.pcgrad, 3), (.gradVac, 2),
    ]) func aKilledBalancedRunEndsAsIfUnbroken(_ method: BalancingMethod, _ every: Int) async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        var configuration = Self.configuration(.linear)
        configuration.balancing.method = method
        configuration.balancing.every = every
        let trainer = try Trainer(
            configuration, dataset: SmallData.mixed(), backend: CPUBackend(threads: 1))
        let (whole, copy) = (
            folder.appendingPathComponent("whole"), folder.appendingPathComponent("copy")
        )
        let unbroken = try await Self.train(trainer, whole) { progress in
            if progress.epoch == 3, progress.record != nil {
                try? FileManager.default.copyItem(at: whole, to: copy)
            }
        }
        let resumed = try await Self.train(trainer, copy, resuming: true)
        #expect(resumed.history == unbroken.history)
        #expect(resumed.trained.parameters == unbroken.trained.parameters)
        #expect(try RunFolder(copy).checkpoint().parameters == RunFolder(whole).checkpoint().parameters)
    }

    /// Cancelled in the middle of epoch 4, a run has saved epoch 3, whenever its last checkpoint was due.
    @Test func aCancelledRunSavesItsLastEpoch() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let trainer = try Self.trainer(.linear)
        let unbroken = try await trainer.train(version: "test")
        let task = Mutex<Task<TrainingOutcome, any Error>?>(nil)
        let url = folder
        task.withLock {
            $0 = Task {
                try await Self.train(trainer, url) { progress in
                    if progress.epoch == 4, progress.step == 2 {
                        withUnsafeCurrentTask { $0?.cancel() }
                    }
                }
            }
        }
        await #expect(throws: CancellationError.self) { try await task.withLock { $0 }!.value }
        #expect(try RunFolder(url).checkpoint().state.epoch == 3)
        let resumed = try await Self.train(trainer, url, resuming: true)
        #expect(Self.numbers(resumed.result) == Self.numbers(unbroken.result))
        #expect(resumed.history == unbroken.history)
    }

    @Test func aFinishedRunIsOnlyRead() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let trainer = try Self.trainer(.sliced)
        let first = try await Self.train(trainer, folder)
        let second = try await Self.train(trainer, folder, resuming: true) { _ in
            Issue.record("a finished run has nothing to train")
        }
        #expect(second.result == first.result)
        #expect(second.history == first.history)
        #expect(second.trained.parameters == first.trained.parameters)
    }

    /// The safetensors file keeps every bit, those of numbers that decimal text would round included.
    @Test func checkpointsKeepEveryBit() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let outcome = try await Self.train(try Self.trainer(.linear), folder)
        let checkpoint = try RunFolder(folder).checkpoint()
        #expect(
            checkpoint.bestParameters.trunk.map(\.bitPattern)
                == outcome.trained.parameters.trunk.map(\.bitPattern))
        #expect(checkpoint.configuration == Self.configuration(.linear))
        #expect(checkpoint.data == outcome.trained.model.data)
    }
}
