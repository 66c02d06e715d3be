import CPUSimulation
import Configuration
import Experiments
import Foundation
import Testing
import Training

struct TuningTests {
    private static func configuration(_ text: String) throws -> ComparisonConfiguration {
        try ConfigurationFile.decode(
            defaults: ComparisonConfiguration(),
            yaml: "dataset: {name: \"digits:2\"}\nepochs: 1\nheads: [linear, sliced]\n" + text, path: "text")
    }

    private static let twoKeys = """
        tune:
          keys: {optimizer.learning_rate: [0.003, 0.03, 0.3], optimizer.weight_decay: [0, 3]}
        """

    @Test func aGridTriesEveryCombinationOnEveryHeadAndFold() throws {
        let configuration = try Self.configuration(Self.twoKeys)
        let tuning = try #require(
            try Tuning(of: configuration, in: URL(filePath: "/unused"), foldCount: 3, tasks: [], text: ""))
        let runs = tuning.grid.runs
        #expect(runs.count == 6 * 2 * 3)
        #expect(runs[0].cell.path == "linear/trial-0/seed-1/fold-0")
        for head in configuration.heads {
            let own = runs.filter { $0.cell.head == head && $0.cell.fold == 1 }.map(\.configuration.optimizer)
            #expect(own.map(\.learningRate) == [0.003, 0.003, 0.03, 0.03, 0.3, 0.3])
            #expect(own.map(\.weightDecay) == [0, 3, 0, 3, 0, 3])
        }
    }

    @Test func aRandomSearchGivesEveryHeadTheSameTrials() throws {
        let random = Self.twoKeys + "\n  search: random\n  trials: 4\n"
        let configuration = try Self.configuration(random)
        let folder = URL(filePath: "/unused")
        func rates(_ configuration: ComparisonConfiguration, _ head: HeadKind) throws -> [[Double]] {
            let tuning = try #require(
                try Tuning(of: configuration, in: folder, foldCount: 0, tasks: [], text: ""))
            return tuning.grid.runs.filter { $0.configuration.head.kind == head }.map {
                [$0.configuration.optimizer.learningRate, $0.configuration.optimizer.weightDecay]
            }
        }
        let linear = try rates(configuration, .linear)
        #expect(linear.count == 4 && Set(linear).count == 4)
        #expect(try rates(configuration, .sliced) == linear)
        #expect(try rates(configuration, .linear) == linear)
        var other = configuration
        other.run.seed = 2
        #expect(try rates(other, .linear) != linear)
    }

    @Test func theBestValidationScoreIsChosen() async throws {
        try await GridFixture.withFolder { folder in
            // A rate that learns nothing in one epoch, and one that does.
            let configuration = try Self.configuration(
                "tune: {keys: {optimizer.learning_rate: [0.0000001, 0.03]}}")
            let tuning = try #require(
                try Tuning(of: configuration, in: folder, foldCount: 0, tasks: [], text: ""))
            #expect(throws: ExperimentError.self) { try tuning.result() }
            let runner = GridRunner(
                backends: [CPUBackend(threads: 1)], datasets: DatasetStore(), version: "0",
                configurationText: { _ in "" }, observer: SilentObserver())
            try await runner.run(tuning.grid)
            let result = try tuning.result()
            #expect(result.trials == 2 && result.runs == 4 && result.seconds > 0)
            #expect(result.choices.map(\.head.name) == ["linear", "sliced"])
            #expect(result.choices.allSatisfy { $0.values == ["optimizer.learning_rate": "0.03"] })
            let grid = try configuration.grid(in: folder, foldCount: 0, tasks: [], tuned: result, text: "")
            #expect(grid.runs.allSatisfy { $0.configuration.optimizer.learningRate == 0.03 })
        }
    }

    @Test func aHeadWithoutATrialIsOut() async throws {
        try await GridFixture.withFolder { folder in
            // One qubit has two amplitudes, too few for 64 features; linear heads have no use for it.
            var configuration = try Self.configuration(
                "head: {qubits: 1}\ntune: {keys: {optimizer.learning_rate: [0.003, 0.03]}}")
            configuration.heads = [HeadChoice(.transfer), HeadChoice(.linear)]
            configuration.seeds = 2
            let tuning = try #require(
                try Tuning(of: configuration, in: folder, foldCount: 0, tasks: [], text: ""))
            let runner = GridRunner(
                backends: [CPUBackend(threads: 1)], datasets: DatasetStore(), version: "0",
                configurationText: { _ in "" }, observer: SilentObserver())
            try await runner.run(tuning.grid)
            let result = try tuning.result()
            #expect(result.choices.map(\.head.name) == ["linear"])
            let failures = try #require(result.failures)
            #expect(failures.map(\.run) == ["tuning/transfer/trial-0/seed-1"])
            #expect(failures[0].error.contains("head.qubits"))
            let grid = try configuration.grid(in: folder, foldCount: 0, tasks: [], tuned: result, text: "")
            #expect(grid.runs.map(\.cell.path) == ["linear/seed-1", "linear/seed-2"])
        }
    }

    @Test func aSearchIsWrittenAndReadAgain() throws {
        let configuration = try Self.configuration(Self.twoKeys)
        let text = try ConfigurationFile.encode(configuration)
        #expect(text == (try ConfigurationFile.encode(configuration)))
        let again: ComparisonConfiguration = try ConfigurationFile.decode(yaml: text, path: "text")
        #expect(again == configuration)
    }

    @Test(arguments: [
        ("tune: {keys: {}}", ExperimentError.noValues(key: "tune.keys")),
        (
            "tune: {keys: {optimizer.learning_rate: []}}",
            .noValues(key: "tune.keys.optimizer.learning_rate")
        ),
        ("tune: {seeds: 0, keys: {batch: [8]}}", .invalidSize(name: "tune.seeds", value: 0)),
        ("tune: {trials: 3, keys: {batch: [8]}}", .unusedTrials),
        ("tune: {search: random, keys: {batch: [8]}}", .invalidSize(name: "tune.trials", value: 0)),
    ])
    func wrongSearchesAreNamed(text: String, error: ExperimentError) throws {
        let configuration = try Self.configuration(text)
        #expect(throws: error) { try configuration.validate() }
    }

    @Test(arguments: ["optimizer.rate", "batch.size"]) func unknownSettingsAreNamed(key: String) throws {
        let configuration = try Self.configuration("tune: {keys: {\(key): [8]}}")
        #expect(throws: ConfigurationError.self) {
            try Tuning(of: configuration, in: URL(filePath: "/unused"), foldCount: 0, tasks: [], text: "")
        }
    }
}
