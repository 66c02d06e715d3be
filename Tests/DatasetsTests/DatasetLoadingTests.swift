import Datasets
import Foundation
import LinearAlgebra
import Testing

/// A folder with ten samples of three features: `x` [10, 2], `v` [10], labels `y` [10, 2] of a binary and a three-class
/// task, `split`, `fold`, `mask`.
private struct Fixture {
    let folder: TemporaryFolder
    var arrays: [String: NumericArray]
    var yaml = """
        name: made
        features: {file: data.npz, arrays: [v, x]}
        labels: {file: data.npz, array: y}
        splits: {file: data.npz, array: split}
        folds: {file: data.npz, array: fold}
        tasks:
          - {name: first, kind: binary, metric: f1}
          - {name: second, kind: classes, classes: 3}
        """

    init() throws {
        folder = try TemporaryFolder()
        arrays = [
            "x": NumericArray(shape: [10, 2], values: (0..<20).map(Float.init)),
            "v": NumericArray(shape: [10], values: (0..<10).map { -Float($0) }),
            "y": NumericArray(shape: [10, 2], values: (0..<10).flatMap { [Float($0 % 2), Float($0 % 3)] }),
            "split": NumericArray(shape: [10], values: [0, 0, 0, 0, 1, 1, 1, 2, 2, 2]),
            "fold": NumericArray(shape: [10], values: (0..<10).map { Float($0 % 3) }),
            "mask": NumericArray(shape: [10, 2], values: [Float](repeating: 1, count: 20)),
        ]
    }

    func load(dataFolder: URL? = nil) throws -> Dataset {
        try NPZFile(arrays: arrays).write(to: folder.file("data.npz"))
        try folder.write(yaml, "dataset.yaml")
        return try Dataset.load(from: folder.url, dataFolder: dataFolder)
    }

    var path: String { folder.file("data.npz").relativePath }
    var yamlPath: String { folder.file("dataset.yaml").relativePath }

    mutating func set(_ array: String, _ index: Int, _ value: Float) { arrays[array]?.values[index] = value }
}

@Suite struct DatasetLoadingTests {
    private var fixture: Fixture
    init() throws { fixture = try Fixture() }

    @Test func joinsViewsInTheOrderGiven() throws {
        let set = try fixture.load()
        #expect(set.sources[0].features.row(3) == [-3, 6, 7])
        #expect(set.tasks.map(\.metric) == [.f1, .accuracy] && set.tasks[1].kind == .classes(3))
        #expect(set.sources[0].folds == [0, 1, 2, 0, 1, 2, 0, 1, 2, 0])
        #expect(set.standardizes && set.sampling == .proportional && set.name == "made")
    }

    @Test mutating func labelsMayBeOneArrayForEachTask() throws {
        let expected = try fixture.load().sources[0].labels
        let y = Matrix(rows: 10, columns: 2, elements: fixture.arrays["y"]?.values ?? [])
        fixture.arrays["a"] = NumericArray(shape: [10], values: y.column(0))
        fixture.arrays["b"] = NumericArray(shape: [10], values: y.column(1))
        fixture.yaml = fixture.yaml.replacing("array: y", with: "arrays: [a, b]")
        #expect(try fixture.load().sources[0].labels == expected)
        fixture.yaml = fixture.yaml
            .replacing("arrays: [a, b]", with: "array: a")
            .replacing("classes: 3}", with: "classes: 3, labels: {file: data.npz, array: b}}")
        #expect(try fixture.load().sources[0].labels == expected)
    }

    @Test mutating func aMaskHidesLabelsOfAnyValue() throws {
        fixture.yaml += "\nmask: {file: data.npz, array: mask}"
        fixture.set("y", 1, -1)
        fixture.set("mask", 1, 0)
        let labels = try fixture.load().sources[0].labels
        #expect(labels[0, 1].isNaN && labels.elements.count(where: \.isNaN) == 1)
    }

    @Test mutating func columnsChooseFromAnArray() throws {
        fixture.yaml = fixture.yaml.replacing("arrays: [v, x]", with: "array: x, columns: [1]")
        #expect(try fixture.load().sources[0].features.elements.prefix(3) == [1, 3, 5])
    }

    @Test mutating func chanceDecidesTheSplitWhereNoArrayDoes() throws {
        fixture.yaml = fixture.yaml.replacing(
            "splits: {file: data.npz, array: split}", with: "splits: {seed: 3, fractions: [0.4, 0.3, 0.3]}")
        let splits = try fixture.load().sources[0].splits
        #expect(Split.allCases.map { split in splits.count { $0 == split } } == [4, 3, 3])
        #expect(try fixture.load().sources[0].splits == splits)
    }

    @Test func arraysMayLieInAnotherFolder() throws {
        let other = try TemporaryFolder()
        _ = try fixture.load()
        try FileManager.default.moveItem(at: fixture.folder.file("data.npz"), to: other.file("data.npz"))
        let description = fixture.folder.file("dataset.yaml")
        #expect(try Dataset.load(from: description, dataFolder: other.url).featureCount == 3)
        #expect {
            try Dataset.load(from: description)
        } throws: { error in
            guard case DatasetError.unreadableFile(let path, "No such file or directory") = error else {
                return false
            }
            return path.hasSuffix("data.npz")
        }
        try fixture.folder.write(fixture.yaml + "\nfolder: ../\(other.url.lastPathComponent)", "dataset.yaml")
        #expect(try Dataset.load(from: description).featureCount == 3)
    }

    @Test mutating func tasksMayHaveSamplesOfTheirOwn() throws {
        let parts: [(name: String, labels: [Float])] = [
            ("train", [0, 1, 1]), ("valid", [1, 0]), ("test", [0, 1]),
        ]
        for (name, labels) in parts {
            fixture.arrays["\(name)_x"] = NumericArray(
                shape: [labels.count, 3], values: [Float](repeating: 1, count: labels.count * 3))
            fixture.arrays["\(name)_y"] = NumericArray(shape: [labels.count], values: labels)
        }
        fixture.yaml += """

              - name: third
                kind: binary
                arrays: {file: data.npz, train: [train_x, train_y], validation: [valid_x, valid_y], test: [test_x, test_y]}
              - name: fourth
                kind: regression
                features: {file: data.npz, arrays: [x, v]}
                labels: {file: data.npz, array: v}
                splits: {file: data.npz, array: split}
            sampling: uniform
            """
        let set = try fixture.load()
        #expect(set.sources.map(\.features.rows) == [10, 7, 10] && set.sampling == .uniform)
        #expect(set.sources[1].splits == [.train, .train, .train, .validation, .validation, .test, .test])
        #expect(set.sources[1].labels.column(2) == [0, 1, 1, 1, 0, 0, 1])
        #expect(set.sources[2].labels.column(3) == fixture.arrays["v"]?.values)
        for (index, source) in set.sources.enumerated() {
            let labelled = (0..<4).filter { !source.labels.column($0).allSatisfy(\.isNaN) }
            #expect(labelled == [[0, 1], [2], [3]][index])
        }
    }
}

/// One error for each thing that can be wrong with a set, naming file and place.
@Suite struct DatasetLoadingFailureTests {
    private var fixture: Fixture
    init() throws { fixture = try Fixture() }

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
