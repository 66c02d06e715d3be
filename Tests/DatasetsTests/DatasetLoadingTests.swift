import Datasets
import Foundation
import LinearAlgebra
import Testing

@Suite struct DatasetLoadingTests {
    private var fixture: DatasetFixture
    init() throws { fixture = try DatasetFixture() }

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

    @Test func featuresAloneAreReadForPredictions() throws {
        _ = try fixture.load()
        let url = fixture.folder.file("data.npz")
        #expect(try FeatureFile.read(url, arrays: ["v", "x"]).row(3) == [-3, 6, 7])
        #expect(throws: DatasetError.self) { try FeatureFile.read(url) }
    }

    @Test func aPathWinsOverANameAndOnlyIfItIsOne() throws {
        _ = try fixture.load()
        #expect(try Dataset.open(fixture.folder.url.path).name == "made")
        #expect(try Dataset.open("digits").name == "digits")
        #expect(throws: DatasetError.unknownDataset(name: "mustrad", known: Dataset.knownNames)) {
            try Dataset.open("mustrad")
        }
    }
}
