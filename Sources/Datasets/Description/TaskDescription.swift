/// What a `dataset.yaml` says about one task.
public struct TaskDescription: Equatable, Sendable, Codable {
    /// What a label of a task can be.
    public enum Kind: String, CaseIterable, Sendable, Codable {
        /// 0 or 1.
        case binary
        /// A class index from 0; the key `classes` says how many there are.
        case classes
        /// A real number.
        case regression
    }

    /// The task's name.
    public var name: String
    /// What its labels are.
    public var kind: Kind
    /// The number of classes, for `kind: classes`; two are the same as `kind: binary`.
    public var classes: Int?
    /// Its score; the usual one of its kind where absent.
    public var metric: Metric?
    /// Features of its own; its samples are then its own too.
    public var features: ArrayReference?
    /// Labels of its own, one column.
    public var labels: ArrayReference?
    /// 1 where a label of `labels` exists and 0 where it is to be ignored.
    public var mask: ArrayReference?
    /// The split of its own samples.
    public var splits: SplitSource?
    /// Features and labels of its own, split by split.
    public var arrays: SplitArrays?

    /// The task that is described.
    public var task: LearningTask {
        let kind: TaskKind =
            switch self.kind {
            case .binary: .binary
            case .classes: classes.map { $0 == 2 ? .binary : .classes($0) } ?? .binary
            case .regression: .regression
            }
        return LearningTask(name: name, kind: kind, metric: metric)
    }

    /// Whether the task has samples of its own.
    var hasOwnSamples: Bool { features != nil || arrays != nil }

    /// Decodes a task; `name` and `kind` must be given, and `classes` for its kind.
    public init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        name = try keys.decode(String.self, forKey: .name)
        kind = try keys.decode(Kind.self, forKey: .kind)
        metric = try keys.decodeIfPresent(Metric.self, forKey: .metric)
        features = try keys.decodeIfPresent(ArrayReference.self, forKey: .features)
        labels = try keys.decodeIfPresent(ArrayReference.self, forKey: .labels)
        mask = try keys.decodeIfPresent(ArrayReference.self, forKey: .mask)
        splits = try keys.decodeIfPresent(SplitSource.self, forKey: .splits)
        arrays = try keys.decodeIfPresent(SplitArrays.self, forKey: .arrays)
        classes = kind == .classes ? try keys.decode(Int.self, forKey: .classes) : nil
        if let other = try keys.decodeIfPresent(Int.self, forKey: .classes) {
            let allowed = kind == .classes ? other >= 2 : kind == .binary && other == 2
            guard allowed else {
                throw DecodingError.dataCorruptedError(
                    forKey: .classes, in: keys,
                    debugDescription: kind == .classes ? "at least 2" : "left out for kind \(kind.rawValue)")
            }
        }
    }
}

/// Features and labels of one task in arrays of their own for each split.
public struct SplitArrays: Equatable, Sendable, Codable {
    /// The file of all six arrays.
    public var file: String
    /// The names of the training features and labels.
    public var train: [String]
    /// The names of the validation features and labels.
    public var validation: [String]
    /// The names of the test features and labels.
    public var test: [String]

    /// Decodes a file and three pairs of names.
    public init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        func pair(_ key: CodingKeys) throws -> [String] {
            let names = try keys.decode([String].self, forKey: key)
            guard names.count == 2 else {
                throw DecodingError.dataCorruptedError(
                    forKey: key, in: keys, debugDescription: "two names, of the features and of the labels")
            }
            return names
        }
        file = try keys.decode(String.self, forKey: .file)
        train = try pair(.train)
        validation = try pair(.validation)
        test = try pair(.test)
    }

    /// The references to features and labels of one split.
    func references(_ split: Split) -> (features: ArrayReference, labels: ArrayReference) {
        let names: [String]
        switch split {
        case .train: names = train
        case .validation: names = validation
        case .test: names = test
        }
        return (ArrayReference(file: file, array: names[0]), ArrayReference(file: file, array: names[1]))
    }
}
