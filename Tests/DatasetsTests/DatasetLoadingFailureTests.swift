import Datasets
import Foundation
import Testing

/// One error for each thing that can be wrong with a set, naming file and place.
@Suite struct DatasetLoadingFailureTests {
    private var fixture: DatasetFixture
    init() throws { fixture = try DatasetFixture() }

    private func expect(_ error: DatasetError, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(throws: error, sourceLocation: sourceLocation) { try fixture.load() }
        // One sentence that ends as one.
        let text = error.description
        #expect(text.last == "." || text.last == "?", sourceLocation: sourceLocation)
        #expect(!text.contains("\n"), sourceLocation: sourceLocation)
    }

    @Test(arguments: [Float.nan, .infinity]) mutating func aFeatureThatIsNotFinite(_ value: Float) {
        fixture.set("x", 7, value)
        #expect {
            try fixture.load()
        } throws: { error in
            guard case DatasetError.nonFiniteFeature(fixture.path, "x", 3, 1, _) = error else { return false }
            return "\(error)".contains("array 'x' holds \(value) at row 3, column 1")
        }
    }

    @Test mutating func labelsOutsideTheirKind() {
        fixture.set("y", 4, 2)
        expect(.invalidLabel(task: "first", path: fixture.path, row: 2, value: 2, allowed: "0 or 1"))
        fixture.set("y", 4, 0)
        for value: Float in [3, -1, 0.5] {
            fixture.set("y", 5, value)
            expect(
                .invalidLabel(
                    task: "second", path: fixture.path, row: 2, value: value, allowed: "a class from 0 to 2"))
        }
    }

    @Test mutating func aMissingArray() {
        fixture.yaml = fixture.yaml.replacing("array: y", with: "array: z")
        expect(
            .missingArray(
                path: fixture.path, array: "z", available: ["fold", "mask", "split", "v", "x", "y"]))
        fixture.yaml = fixture.yaml.replacing(", array: z", with: "")
        expect(.unnamedArray(path: fixture.path, available: ["fold", "mask", "split", "v", "x", "y"]))
    }

    @Test mutating func samplesThatDisagree() {
        fixture.arrays["y"] = NumericArray(shape: [9, 2], values: [Float](repeating: 0, count: 18))
        expect(
            .unexpectedShape(
                path: fixture.path, array: "y", shape: [9, 2], expected: "the features have 10 samples"))
        fixture.arrays["v"] = NumericArray(shape: [11], values: [Float](repeating: 0, count: 11))
        expect(
            .unexpectedShape(
                path: fixture.path, array: "x", shape: [10, 2],
                expected: "the arrays joined with it have 11 samples"))
    }

    @Test mutating func columnsThatDoNotMatchTheTasks() {
        fixture.yaml += "\n  - {name: third, kind: binary}"
        expect(
            .unexpectedShape(
                path: fixture.path, array: "y", shape: [10, 2],
                expected: "3 columns are needed, one for each task, and 2 are given"))
    }

    @Test mutating func anArrayWithoutSamples() {
        fixture.arrays["x"] = NumericArray(shape: [0, 2], values: [])
        fixture.yaml = fixture.yaml.replacing("arrays: [v, x]", with: "array: x")
        expect(
            .unexpectedShape(
                path: fixture.path, array: "x", shape: [0, 2], expected: "it must have a row for every sample"
            ))
    }

    @Test mutating func splitsFoldsAndMasksThatNameNone() {
        fixture.set("fold", 1, -1)
        expect(
            .invalidAssignment(
                path: fixture.path, array: "fold", row: 1, value: -1, allowed: "the number of a fold, from 0")
        )
        fixture.set("fold", 1, 0)
        fixture.set("split", 9, 3)
        expect(
            .invalidAssignment(
                path: fixture.path, array: "split", row: 9, value: 3,
                allowed: "0 for training, 1 for validation or 2 for test"))
        fixture.set("split", 9, 2)
        fixture.yaml += "\nmask: {file: data.npz, array: mask}"
        fixture.set("mask", 5, 0.5)
        expect(
            .invalidAssignment(
                path: fixture.path, array: "mask", row: 2, value: 0.5,
                allowed: "1 where there is a label and 0 where there is none"))
    }

    @Test mutating func anEmptySplit() {
        for index in 4..<7 { fixture.set("split", index, 0) }
        expect(.emptySplit(dataset: "made", split: .validation, tasks: ["first", "second"]))
    }

    @Test mutating func aTaskWithoutLabelsInASplit() {
        for row in 7..<10 { fixture.set("y", row * 2, .nan) }
        expect(.emptySplit(dataset: "made", split: .test, tasks: ["first"]))
    }

    @Test mutating func aTaskWithOneClassOnly() {
        for row in 0..<4 { fixture.set("y", row * 2 + 1, 2) }
        expect(.tooFewLabels(task: "second", labels: [2]))
    }

    @Test mutating func unknownKeysAndValues() {
        let yaml = fixture.yaml
        fixture.yaml = yaml.replacing("features:", with: "feature:")
        expect(
            .invalidConfiguration(
                .unknownKey(
                    key: "feature", place: .file(path: fixture.yamlPath, line: 2), nearest: "features",
                    known: [
                        "name", "source", "folder", "features", "labels", "mask", "splits", "folds", "groups",
                        "tasks", "sampling", "standardize",
                    ])))
        fixture.yaml = yaml.replacing("metric: f1", with: "metric: f2")
        expect(
            .invalidConfiguration(
                .invalidValue(
                    key: "tasks.0.metric", place: .file(path: fixture.yamlPath, line: 7), found: "'f2'",
                    expected: "one of \(Metric.allCases.map(\.rawValue).joined(separator: ", "))")))
        fixture.yaml = yaml.replacing(", classes: 3", with: "")
        expect(
            .invalidConfiguration(
                .missingKey(key: "tasks.1.classes", place: .file(path: fixture.yamlPath, line: 8))))
        fixture.yaml = yaml.replacing("classes: 3", with: "classes: 1")
        expect(
            .invalidConfiguration(
                .invalidValue(
                    key: "tasks.1.classes", place: .file(path: fixture.yamlPath, line: 8), found: "'1'",
                    expected: "at least 2")))
        fixture.yaml = yaml.replacing("{file: data.npz, array: split}", with: "{fractions: [1, 0, 0]}")
        expect(
            .invalidConfiguration(
                .invalidValue(
                    key: "splits.fractions", place: .file(path: fixture.yamlPath, line: 4), found: "a list",
                    expected: "three positive numbers that add up to 1")))
    }

    @Test mutating func descriptionsThatContradictThemselves() {
        let yaml = fixture.yaml
        fixture.yaml = yaml.replacing("name: second", with: "name: first")
        expect(
            .invalidDescription(
                path: fixture.yamlPath, key: "tasks.1.name",
                problem: "is 'first' again; give every task its own name"))
        fixture.yaml = yaml.replacing("labels: {file: data.npz, array: y}", with: "")
        expect(
            .invalidDescription(
                path: fixture.yamlPath, key: "labels",
                problem: "is missing, and task 'first' has none of its own"))
        fixture.yaml = "name: made\ntasks: []\n"
        expect(
            .invalidDescription(
                path: fixture.yamlPath, key: "tasks", problem: "lists no task; add at least one"))
    }

    @Test mutating func aFileOfAnotherFormat() throws {
        fixture.yaml = fixture.yaml.replacing("labels: {file: data.npz", with: "labels: {file: data.pkl")
        expect(
            .unreadableFile(
                path: fixture.folder.file("data.pkl").relativePath,
                reason: "the ending is none of .npy, .npz, .safetensors, .csv"))
        #expect {
            try Dataset.load(from: URL(fileURLWithPath: "no/such/set"))
        } throws: { error in
            error as? DatasetError
                == .invalidConfiguration(
                    .unreadableFile(path: "no/such/set", reason: "No such file or directory"))
        }
    }
}
