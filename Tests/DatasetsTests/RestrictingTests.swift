import Datasets
import LinearAlgebra
import Testing

@Suite struct RestrictingTests {
    private let set = Dataset(
        name: "made",
        tasks: ["first", "second", "third"].map { LearningTask(name: $0, kind: .binary) },
        sources: [
            DataSource(
                features: Matrix(rows: [[1], [2], [3]]),
                labels: Matrix(rows: [[0, 1, .nan], [1, .nan, .nan], [0, 0, .nan]]),
                splits: [.train, .validation, .test], folds: [0, 1, 2], groups: [7, 8, 9]),
            DataSource(
                features: Matrix(rows: [[4], [5]]),
                labels: Matrix(rows: [[.nan, .nan, 1], [.nan, .nan, 0]]),
                splits: [.train, .test]),
        ], sampling: .uniform, standardizes: false)

    @Test func samplesAndSplitsStay() throws {
        let second = try set.restricted(toTasks: ["second"])
        #expect(second.name == "made")
        #expect(second.tasks == [set.tasks[1]])
        #expect(second.sampling == .uniform && !second.standardizes)
        #expect(second.sources.count == 1)
        let source = second.sources[0]
        #expect(source.features == set.sources[0].features && source.splits == set.sources[0].splits)
        #expect(source.folds == [0, 1, 2] && source.groups == [7, 8, 9])
        #expect(source.labels.columns == 1)
        #expect(source.labels[0, 0] == 1 && source.labels[1, 0].isNaN && source.labels[2, 0] == 0)
    }

    @Test func orderIsThatOfTheNames() throws {
        let two = try set.restricted(toTasks: ["third", "first"])
        #expect(two.tasks.map(\.name) == ["third", "first"])
        #expect(two.sources.count == 2)
        #expect(two.sources[0].labels.column(1) == [0, 1, 0])
        #expect(two.sources[1].labels.column(0) == [1, 0])
    }

    @Test func otherNamesAreNamed() {
        #expect(
            throws: DatasetError.unknownTask(
                dataset: "made", task: "fourth", known: ["first", "second", "third"])
        ) { try set.restricted(toTasks: ["first", "fourth"]) }
        #expect(throws: DatasetError.repeatedTask(dataset: "made", task: "first")) {
            try set.restricted(toTasks: ["first", "first"])
        }
    }
}
