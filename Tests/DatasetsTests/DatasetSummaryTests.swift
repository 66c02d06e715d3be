import Datasets
import LinearAlgebra
import Testing

struct DatasetSummaryTests {
    /// Two tasks over six samples; the second feature is constant, one label is missing.
    private let dataset = Dataset(
        name: "small",
        tasks: [
            LearningTask(name: "binary", kind: .binary), LearningTask(name: "real", kind: .regression),
        ],
        sources: [
            DataSource(
                features: Matrix(
                    rows: 6, columns: 2, elements: [0, 5, 1, 5, 2, 5, 3, 5, 4, 5, 5, 5]),
                labels: Matrix(
                    rows: 6, columns: 2, elements: [0, 1, 1, 3, 1, .nan, 0, 2, 1, 4, 0, 6]),
                splits: [.train, .train, .train, .validation, .validation, .test])
        ])

    @Test func countsLabelsAndSamples() throws {
        let summary = DatasetSummary(dataset)
        #expect(summary.name == "small" && summary.features == 2 && summary.folds == 0)
        let binary = try #require(summary.tasks[0].labels["train"])
        #expect(binary.labelled == 3 && binary.missing == 0 && binary.classes == [1, 2])
        #expect(binary.mean == nil)
        let real = try #require(summary.tasks[1].labels["train"])
        // Labels 1 and 3: mean 2, deviation 1.
        #expect(real.labelled == 2 && real.missing == 1 && real.classes == nil)
        #expect(real.mean == 2 && real.std == 1)
        #expect(summary.sources[0].samples == ["train": 3, "validation": 2, "test": 1])
    }

    @Test func describesFeatures() {
        let source = DatasetSummary(dataset).sources[0]
        #expect(source.minimum == 0 && source.maximum == 5 && source.constantFeatures == 1)
        // Sum 15 + 30 over twelve values; squares 55 + 150.
        #expect(source.mean == 3.75)
        #expect(abs(source.std - (205.0 / 12 - 3.75 * 3.75).squareRoot()) < 1e-12)
    }
}
