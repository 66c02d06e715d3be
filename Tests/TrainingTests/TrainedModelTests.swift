import CPUSimulation
import Datasets
import Foundation
import LinearAlgebra
import Testing
import Training

@Suite struct TrainedModelTests {
    @Test(arguments: HeadKind.allCases) func aLoadedModelScoresAsTheRunDid(kind: HeadKind) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("qmtl-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let result = try await ResumeTests.train(try ResumeTests.trainer(kind), folder).result
        let loaded = try TrainedModel(try RunFolder(folder).checkpoint(), backend: CPUBackend(threads: 1))
        let test = try await loaded.evaluate(SmallData.mixed(), split: .test)
        #expect(test.map(\.score) == result.tasks.map(\.test))
        #expect(test.map(\.loss) == result.tasks.map(\.loss))
        let validation = try await loaded.evaluate(SmallData.mixed(), split: .validation)
        #expect(validation.map(\.score) == result.tasks.map(\.validation))
    }

    /// Predictions come in the user's units, for raw features; more rows than one chunk.
    @Test func predictionsAgreeWithScores() async throws {
        let dataset = SmallData.mixed(count: 2400)
        var configuration = TrainerTests.configuration(.linear, epochs: 15)
        configuration.batch = 64
        let outcome = try await TrainerTests.train(configuration, dataset)
        let source = dataset.sources[0]
        let test = source.samples(of: .test)
        #expect(test.count > 512)
        let predictions = try await outcome.trained.predict(
            features: source.features.gathering(rows: test))
        #expect(predictions.map(\.values.columns) == [1, 3, 1])

        let classes = try #require(predictions[1].classes)
        let correct = zip(test, classes).count { source.labels[$0, 1] == Float($1) }
        #expect(Double(correct) / Double(test.count) == outcome.result.tasks[1].test)

        let values = predictions[2].values.elements
        #expect(predictions[2].classes == nil)
        #expect(values.allSatisfy { 4.9 < $0 && $0 < 15.1 })
        let errors = zip(test, values).map { abs(source.labels[$0, 2] - $1) }
        #expect(errors.reduce(0, +) / Float(errors.count) < 0.7)  // labels spread over 10
    }

    /// The second task's features are standardised with its own source's statistics.
    @Test func predictionsUseTheStatisticsOfEachTasksSource() async throws {
        let dataset = SmallData.separate(counts: [160, 80])
        let outcome = try await TrainerTests.train(TrainerTests.configuration(.linear), dataset)
        for (task, source) in dataset.sources.enumerated() {
            let test = source.samples(of: .test)
            let predictions = try await outcome.trained.predict(
                features: source.features.gathering(rows: test))
            let classes = try #require(predictions[task].classes)
            let correct = zip(test, classes).count { source.labels[$0, task] == Float($1) }
            #expect(Double(correct) / Double(test.count) == outcome.result.tasks[task].test)
        }
    }

    @Test func otherFeaturesAndTasksAreRefused() async throws {
        let trained = try await TrainerTests.train(TrainerTests.configuration(.linear, epochs: 1)).trained
        await #expect(throws: TrainingError.differentFeatureCount(found: 5, expected: 4)) {
            try await trained.predict(features: Matrix(rows: 2, columns: 5))
        }
        await #expect(
            throws: TrainingError.differentTasks(
                found: ["first", "second"], expected: ["sign", "third", "value"])
        ) {
            try await trained.evaluate(SmallData.separate(), split: .test)
        }
    }
}
