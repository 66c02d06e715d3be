import CPUSimulation
import Datasets
import Foundation
import Testing
import Training

@Suite struct RunFolderTests {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("qmtl-\(UUID().uuidString)")

    @Test func aRunIsNotOverwritten() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let trainer = try ResumeTests.trainer(.linear)
        _ = try await ResumeTests.train(trainer, folder)
        await #expect(throws: TrainingError.runExists(path: folder.relativePath)) {
            try await ResumeTests.train(trainer, folder)
        }
    }

    @Test func otherSettingsCannotBeResumed() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try await ResumeTests.train(try ResumeTests.trainer(.linear), folder)
        var configuration = ResumeTests.configuration(.linear)
        configuration.optimizer.learningRate = 0.5
        configuration.patience = 3
        configuration.memory = MemorySize("1GiB")
        let other = try Trainer(
            configuration, dataset: SmallData.mixed(), backend: CPUBackend(threads: 1))
        await #expect(
            throws: TrainingError.differentRun(
                path: folder.relativePath, keys: ["optimizer.learning_rate", "patience"])
        ) {
            try await ResumeTests.train(other, folder, resuming: true)
        }
    }

    @Test func otherDataCannotBeResumed() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try await ResumeTests.train(try ResumeTests.trainer(.linear), folder)
        let other = try Trainer(
            ResumeTests.configuration(.linear), dataset: SmallData.mixed(count: 80),
            backend: CPUBackend(threads: 1))
        await #expect(throws: TrainingError.differentRun(path: folder.relativePath, keys: ["dataset"])) {
            try await ResumeTests.train(other, folder, resuming: true)
        }
    }

    @Test func aFolderThatCannotBeMadeIsNamed() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("a file".utf8).write(to: folder)
        let inside = folder.appendingPathComponent("run")
        let trainer = try ResumeTests.trainer(.linear)
        await #expect {
            try await ResumeTests.train(trainer, inside)
        } throws: { error in
            guard case TrainingError.unwritableFile(let path, _) = error else { return false }
            return path == inside.relativePath
        }
    }

    /// `/dev/full` refuses every byte, as a full disk does.
    @Test func aFullDiskLeavesTheLastCheckpoint() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let trainer = try ResumeTests.trainer(.linear)
        let unbroken = try await trainer.train(version: "test")
        let run = RunFolder(folder)
        await #expect {
            try await ResumeTests.train(trainer, folder) { progress in
                guard progress.record?.epoch == 2 else { return }
                try? FileManager.default.removeItem(at: run.metricsURL)
                try? FileManager.default.createSymbolicLink(
                    atPath: run.metricsURL.path, withDestinationPath: "/dev/full")
            }
        } throws: { error in
            guard case TrainingError.unwritableFile(let path, let reason) = error else { return false }
            return path == run.metricsURL.relativePath && reason == "No space left on device"
        }
        try FileManager.default.removeItem(at: run.metricsURL)
        #expect(try run.checkpoint().state.epoch >= 1)
        let resumed = try await ResumeTests.train(trainer, folder, resuming: true)
        #expect(ResumeTests.numbers(resumed.result) == ResumeTests.numbers(unbroken.result))
    }

    @Test func damagedCheckpointsAreErrors() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try await ResumeTests.train(try ResumeTests.trainer(.linear), folder)
        let url = RunFolder(folder).checkpointURL
        let whole = try Data(contentsOf: url)
        for count in [0, 7, 200, whole.count / 2, whole.count - 1] {
            try whole.prefix(count).write(to: url)
            #expect {
                try RunFolder(folder).checkpoint()
            } throws: { error in
                guard case TrainingError.damagedFile(let path, _) = error else { return false }
                return path == url.relativePath
            }
        }
        try SafetensorsFile(tensors: [:], metadata: [:]).write(to: url)
        #expect(throws: TrainingError.self) { try RunFolder(folder).checkpoint() }
        try FileManager.default.removeItem(at: url)
        #expect(throws: TrainingError.noCheckpoint(path: folder.relativePath)) {
            try RunFolder(folder).checkpoint()
        }
    }

    @Test func theFolderHoldsWhatTheRunReports() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let outcome = try await ResumeTests.train(try ResumeTests.trainer(.quantum), folder)
        let run = RunFolder(folder)
        #expect(try run.result() == outcome.result)
        #expect(try run.history() == outcome.history)
        #expect(try String(contentsOf: run.configurationURL, encoding: .utf8) == "seed: 1\n")
        let state = try JSONDecoder().decode(TrainingState.self, from: Data(contentsOf: run.stateURL))
        #expect(state == (try run.checkpoint().state))
        #expect(state.epoch == 6 && state.step == 6 * 5)
    }
}
