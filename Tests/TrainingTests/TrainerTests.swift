import CPUSimulation
import Datasets
import LinearAlgebra
import Testing
import Training

@Suite struct TrainerTests {
    static func configuration(_ kind: HeadKind, epochs: Int = 40) -> RunConfiguration {
        var configuration = RunConfiguration()
        configuration.head.kind = kind
        configuration.epochs = epochs
        configuration.batch = 16
        return configuration
    }

    static func train(
        _ configuration: RunConfiguration, _ dataset: Dataset = SmallData.mixed()
    ) async throws -> TrainingOutcome {
        try await Trainer(configuration, dataset: dataset, backend: CPUBackend(threads: 2))
            .train(version: "test")
    }

    /// The tasks are simple functions of four features, so heads solve them on samples they have not seen.
    ///
    /// One fixed-size circuit for all tasks is the exception: its best is 0.77 here, and chance is at most 0.5.
    @Test(arguments: HeadKind.allCases) func learnsWhatCanBeLearnt(kind: HeadKind) async throws {
        let outcome = try await Self.train(Self.configuration(kind))
        #expect(outcome.result.macro.test > (kind == .sharedCircuit ? 0.7 : 0.8))
        #expect(outcome.history.count == 40)
        #expect(outcome.history.last!.trainLoss < outcome.history.first!.trainLoss / 2)
        #expect(outcome.result.tasks.map(\.name) == ["sign", "third", "value"])
        #expect(outcome.result.tasks[1].confusion?.joined().reduce(0, +) == 40)
        let hasCircuit = kind == .quantum || PriorModelTests.heads.contains(kind)
        #expect((outcome.result.circuit != nil) == hasCircuit)
        #expect((outcome.result.preset == nil) == (kind != .quantum))
    }

    @Test(arguments: [OptimizerConfiguration.Kind.adam, .sgd]) func schedulesAndClippingTrain(
        kind: OptimizerConfiguration.Kind
    ) async throws {
        var configuration = Self.configuration(.linear)
        configuration.optimizer.kind = kind
        configuration.optimizer.learningRate = kind == .adam ? 0.03 : 0.3
        configuration.optimizer.schedule.kind = .cosine
        configuration.optimizer.clipNorm = 0.5
        configuration.optimizer.weightDecay = 1e-3
        configuration.classWeights = .balanced
        let outcome = try await Self.train(configuration)
        #expect(outcome.result.macro.test > 0.85)
        #expect(outcome.history.last!.learningRate < 1e-3)
    }

    @Test(arguments: HeadKind.allCases) func sameSeedSameResult(kind: HeadKind) async throws {
        let outcomes = [
            try await Self.train(Self.configuration(kind, epochs: 3)),
            try await Self.train(Self.configuration(kind, epochs: 3)),
        ]
        #expect(outcomes[0].history == outcomes[1].history)
        #expect(outcomes[0].trained.parameters == outcomes[1].trained.parameters)
        var other = Self.configuration(kind, epochs: 3)
        other.seed = 2
        #expect(try await Self.train(other).trained.parameters != outcomes[0].trained.parameters)
    }

    /// The test labels decide nothing: turned around, they leave every parameter and every validation score alone.
    @Test func testLabelsAreNotSeen() async throws {
        let dataset = SmallData.mixed()
        let source = dataset.sources[0]
        var labels = source.labels
        for row in source.samples(of: .test) { labels[row, 0] = 1 - labels[row, 0] }
        let turned = Dataset(
            name: dataset.name, tasks: dataset.tasks,
            sources: [DataSource(features: source.features, labels: labels, splits: source.splits)])
        let configuration = Self.configuration(.linear, epochs: 20)
        let (honest, changed) = (
            try await Self.train(configuration, dataset), try await Self.train(configuration, turned)
        )
        #expect(honest.trained.parameters == changed.trained.parameters)
        #expect(honest.history == changed.history)
        #expect(honest.result.macro.test > changed.result.macro.test)
    }

    @Test func theBestEpochIsKept() async throws {
        let outcome = try await Self.train(Self.configuration(.linear, epochs: 30))
        let best = outcome.history.map(\.validationMacro).max()
        #expect(outcome.result.macro.validation == best)
        #expect(outcome.history[outcome.result.bestEpoch - 1].validationMacro == best)
    }

    @Test func patienceEndsARun() async throws {
        var configuration = Self.configuration(.linear, epochs: 500)
        configuration.patience = 5
        let outcome = try await Self.train(configuration)
        #expect(outcome.history.count < 500)
        #expect(outcome.history.count == outcome.result.bestEpoch + 5)
    }

    @Test(arguments: SourceSampling.allCases) func tasksMayHaveInputsOfTheirOwn(
        sampling: SourceSampling
    ) async throws {
        let outcome = try await Self.train(
            Self.configuration(.linear), SmallData.separate(counts: [160, 80], sampling: sampling))
        #expect(outcome.result.tasks.allSatisfy { $0.test > 0.8 })
    }

    @Test func divergenceIsAnError() async throws {
        var configuration = Self.configuration(.linear)
        configuration.optimizer.kind = .sgd
        configuration.optimizer.learningRate = 1e38
        let refused = configuration
        await #expect {
            try await Self.train(refused)
        } throws: { error in
            if case TrainingError.diverged = error { true } else { false }
        }
    }

    @Test func aTaskWithoutTestLabelsIsRefused() {
        let dataset = SmallData.mixed()
        let source = dataset.sources[0]
        var labels = source.labels
        for row in source.samples(of: .test) { labels[row, 2] = .nan }
        let incomplete = Dataset(
            name: "incomplete", tasks: dataset.tasks,
            sources: [DataSource(features: source.features, labels: labels, splits: source.splits)])
        #expect(throws: DatasetError.emptySplit(dataset: "incomplete", split: .test, tasks: ["value"])) {
            try Trainer(RunConfiguration(), dataset: incomplete, backend: CPUBackend(threads: 1))
        }
    }
}
