import Datasets
import Foundation

/// A folder with ten samples of three features: `x` [10, 2], `v` [10], labels `y` [10, 2] of a binary and a three-class
/// task, `split`, `fold`, `mask`.
struct DatasetFixture {
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
