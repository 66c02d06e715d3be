import Foundation
import LinearAlgebra

extension Dataset {
    /// Reads a data set: a folder with a `dataset.yaml`, or such a file itself.
    ///
    /// - Parameters:
    ///   - url: The folder or the YAML file.
    ///   - dataFolder: Where the arrays are, instead of where the description says.
    /// - Throws: `DatasetError` naming file and place: unreadable or damaged files, arrays that are missing or do not
    ///   fit each other, features that are not finite, labels outside their kind, splits or tasks without labels.
    public static func load(from url: URL, dataFolder: URL? = nil) throws(DatasetError) -> Dataset {
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
        let file = isFolder.boolValue ? url.appendingPathComponent("dataset.yaml") : url
        let description = try DatasetDescription(contentsOf: file)
        let ownFolder = isFolder.boolValue ? url : url.deletingLastPathComponent()
        let folder = dataFolder ?? description.folder.map(ownFolder.appendingPathComponent) ?? ownFolder
        var loader = DatasetLoader(
            description: description, path: file.relativePath, store: ArrayStore(folder: folder))
        return try loader.load()
    }
}

/// Makes a data set of a description and its arrays.
struct DatasetLoader {
    let description: DatasetDescription
    /// The description's path, as errors call it.
    let path: String
    var store: ArrayStore
    private var tasks: [LearningTask] { description.tasks.map(\.task) }

    init(description: DatasetDescription, path: String, store: ArrayStore) {
        self.description = description
        self.path = path
        self.store = store
    }

    /// The data set; splits that are left to chance are drawn last, when all labels are known.
    mutating func load() throws(DatasetError) -> Dataset {
        try checkDescription()
        var sources: [DataSource] = []
        var randomSplits: [Int: (seed: UInt64, fractions: SplitFractions)] = [:]
        func add(_ source: DataSource, _ splits: SplitSource?) {
            if case .random(let seed, let fractions) = splits {
                randomSplits[sources.count] = (seed, fractions)
            }
            sources.append(source)
        }
        if description.tasks.contains(where: { !$0.hasOwnSamples }) {
            add(try sharedSource(), description.splits)
        }
        for (index, task) in description.tasks.enumerated() where task.hasOwnSamples {
            if let arrays = task.arrays {
                add(try source(ofTask: index, in: arrays), nil)
            } else if let features = task.features {
                let splits = task.splits ?? description.splits
                add(try source(ofTask: index, features: features, splits: splits), splits)
            }
        }
        for source in sources where source.features.columns != sources[0].features.columns {
            throw invalid(
                "features",
                "gives tasks \(source.features.columns) and \(sources[0].features.columns) columns; "
                    + "all tasks must have the same number of features")
        }
        let set = Dataset(
            name: description.name, tasks: tasks, sources: sources, sampling: description.sampling,
            standardizes: description.standardize)
        let split = set.replacing(
            splits: sources.indices.map { index in
                randomSplits[index].map {
                    set.randomSplits(ofSource: index, seed: $0.seed, fractions: $0.fractions)
                }
                    ?? sources[index].splits
            })
        try split.validate()
        return split
    }

    /// The source of the tasks without samples of their own.
    private mutating func sharedSource() throws(DatasetError) -> DataSource {
        guard let reference = description.features else {
            throw invalid("features", "is missing, and not every task has features of its own")
        }
        let features = try store.features(reference)
        let samples = features.rows
        var labels = Matrix(rows: samples, columns: tasks.count, repeating: .nan)
        let listed = description.tasks.indices.filter {
            !description.tasks[$0].hasOwnSamples && description.tasks[$0].labels == nil
        }
        if !listed.isEmpty {
            guard let reference = description.labels else {
                throw invalid("labels", "is missing, and task '\(tasks[listed[0]].name)' has none of its own")
            }
            let columns = try store.labels(
                reference, mask: description.mask, tasks: listed.map { tasks[$0] }, samples: samples)
            Self.copy(columns, to: listed, of: &labels)
        }
        for (index, task) in description.tasks.enumerated() where !task.hasOwnSamples {
            guard let reference = task.labels else { continue }
            let column = try store.labels(
                reference, mask: task.mask, tasks: [tasks[index]], samples: samples)
            Self.copy(column, to: [index], of: &labels)
        }
        let most = Int(Int32.max)
        let folds = try description.folds.map { reference throws(DatasetError) in
            try store.assignment(
                reference, samples: samples, allowed: 0...most, meaning: "the number of a fold, from 0")
        }
        let groups = try description.groups.map { reference throws(DatasetError) in
            try store.assignment(
                reference, samples: samples, allowed: -most...most, meaning: "the whole number of a group")
        }
        return DataSource(
            features: features, labels: labels, splits: try splits(description.splits, samples: samples),
            folds: folds, groups: groups)
    }

    /// The source of a task with features, labels and splits of its own.
    private mutating func source(
        ofTask index: Int, features reference: ArrayReference, splits: SplitSource
    ) throws(DatasetError) -> DataSource {
        let task = description.tasks[index]
        guard let labelReference = task.labels else {
            throw invalid("tasks.\(index).labels", "is missing; a task with features of its own needs labels")
        }
        let features = try store.features(reference)
        let column = try store.labels(
            labelReference, mask: task.mask, tasks: [tasks[index]], samples: features.rows)
        var labels = Matrix(rows: features.rows, columns: tasks.count, repeating: .nan)
        Self.copy(column, to: [index], of: &labels)
        return DataSource(
            features: features, labels: labels, splits: try self.splits(splits, samples: features.rows))
    }

    /// The source of a task with arrays of its own for each split.
    private mutating func source(
        ofTask index: Int, in arrays: SplitArrays
    ) throws(DatasetError) -> DataSource {
        var features: [Float] = []
        var labels: [Float] = []
        var splits: [Split] = []
        var columns: Int?
        for split in Split.allCases {
            let references = arrays.references(split)
            let part = try store.features(references.features)
            guard part.columns == columns ?? part.columns else {
                throw invalid("tasks.\(index).arrays", "names arrays with different numbers of features")
            }
            columns = part.columns
            features += part.elements
            labels += try store.labels(
                references.labels, mask: nil, tasks: [tasks[index]], samples: part.rows
            ).elements
            splits += [Split](repeating: split, count: part.rows)
        }
        var allLabels = Matrix(rows: splits.count, columns: tasks.count, repeating: .nan)
        Self.copy(Matrix(rows: splits.count, columns: 1, elements: labels), to: [index], of: &allLabels)
        return DataSource(
            features: Matrix(rows: splits.count, columns: features.count / splits.count, elements: features),
            labels: allLabels, splits: splits)
    }

    /// The splits of an array; all samples for training where chance decides later.
    private mutating func splits(_ source: SplitSource, samples: Int) throws(DatasetError) -> [Split] {
        switch source {
        case .random:
            return [Split](repeating: .train, count: samples)
        case .array(let reference):
            let numbers = try store.assignment(
                reference, samples: samples, allowed: 0...Split.allCases.count - 1,
                meaning: "0 for training, 1 for validation or 2 for test")
            return numbers.map { Split.allCases[$0] }
        }
    }

    private static func copy(_ columns: Matrix, to indices: [Int], of labels: inout Matrix) {
        for row in 0..<columns.rows {
            for (column, index) in indices.enumerated() { labels[row, index] = columns[row, column] }
        }
    }

    func invalid(_ key: String, _ problem: String) -> DatasetError {
        .invalidDescription(path: path, key: key, problem: problem)
    }
}
