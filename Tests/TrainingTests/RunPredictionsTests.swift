import CPUSimulation
import Datasets
import Foundation
import Testing
import Training

/// The predictions that a run leaves beside its result.
@Suite struct RunPredictionsTests {
    let folder = RunFolder(
        FileManager.default.temporaryDirectory.appendingPathComponent("qmtl-\(UUID().uuidString)"))

    @Test(arguments: [SmallData.mixed(), SmallData.separate()])
    func predictionsGiveTheScoresOfTheResult(dataset: Dataset) async throws {
        defer { try? FileManager.default.removeItem(at: folder.url) }
        let trainer = try Trainer(
            ResumeTests.configuration(.linear), dataset: dataset, backend: CPUBackend(threads: 1))
        let result = try await trainer.train(
            in: folder, configurationText: "", resuming: false, version: "0"
        ).result
        let predictions = try folder.predictions(of: result)
        #expect(predictions.map(\.task) == dataset.tasks)
        let firstSamples = dataset.sources.indices.map { source in
            dataset.sources[..<source].reduce(0) { $0 + $1.labels.rows }
        }
        for (index, own) in predictions.enumerated() {
            #expect(own.task.metric.score(own) == result.tasks[index].test)
            #expect(own.meanLoss == result.tasks[index].loss)
            for (sample, label) in zip(own.samples, own.labels) {
                let source = firstSamples.lastIndex { $0 <= sample }!
                let row = sample - firstSamples[source]
                #expect(dataset.sources[source].labels[row, index] == label)
                #expect(dataset.sources[source].splits[row] == .test)
            }
        }
        #expect(result.samples.test == Set(predictions.flatMap(\.samples)).count)
    }

    @Test func aFileOfOtherArraysIsRefused() async throws {
        defer { try? FileManager.default.removeItem(at: folder.url) }
        let trainer = try ResumeTests.trainer(.linear)
        let result = try await ResumeTests.train(trainer, folder.url).result
        try NPZFile().write(to: folder.predictionsURL)
        let path = folder.predictionsURL.relativePath
        #expect(
            throws: TrainingError.damagedFile(path: path, problem: "it has no array 'sign.predictions'")
        ) { try folder.predictions(of: result) }

        var arrays = NPZFile()
        for name in ["samples", "labels", "predictions", "losses"] {
            let count = name == "labels" ? 2 : 3
            arrays.arrays["sign.\(name)"] = NumericArray(
                shape: [count], values: [Float](repeating: 0, count: count))
        }
        try arrays.write(to: folder.predictionsURL)
        #expect(
            throws: TrainingError.damagedFile(
                path: path, problem: "its arrays of task 'sign' do not fit it")
        ) { try folder.predictions(of: result) }
    }
}
