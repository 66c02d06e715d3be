import Datasets

/// Where a task's outputs lie among all outputs, and what they mean.
public struct TaskOutput: Codable, Equatable, Sendable {
    /// The task.
    public let task: LearningTask
    /// The task's columns of the outputs.
    public let columns: Range<Int>
    /// What the outputs mean.
    public let transform: OutputTransform
    /// The range that labels are scaled from; nil for classification.
    public let labelRange: LabelRange?

    /// Outputs of a task at `columns`; a regression task needs the range of its labels.
    public init(
        task: LearningTask, columns: Range<Int>, transform: OutputTransform, labelRange: LabelRange? = nil
    ) {
        precondition(columns.count == task.kind.outputCount, "a task has a fixed number of outputs")
        self.task = task
        self.columns = columns
        self.transform = transform
        self.labelRange = labelRange
    }

    /// The outputs of `tasks`, side by side, of heads that give probabilities or logits.
    ///
    /// `labelRanges` has the training labels' range of every regression task.
    static func layout(
        _ tasks: [LearningTask], givesProbabilities: Bool, labelRanges: [LabelRange?]
    ) -> [TaskOutput] {
        var next = 0
        return zip(tasks, labelRanges).map { task, range in
            defer { next += task.kind.outputCount }
            let transform: OutputTransform =
                switch task.kind {
                case .binary: givesProbabilities ? .probability : .logit
                case .classes: givesProbabilities ? .probabilities : .logits
                case .regression: givesProbabilities ? .unit : .squashed
                }
            return TaskOutput(
                task: task, columns: next..<next + task.kind.outputCount, transform: transform,
                labelRange: range)
        }
    }

    /// `label` as the loss wants it: a regression label scaled to 0...1, any other as it is.
    func scaled(_ label: Float) -> Float { labelRange?.scaled(label) ?? label }
}

/// The range of a regression task's training labels, in the user's units.
public struct LabelRange: Codable, Equatable, Sendable {
    /// The smallest training label.
    public let lowerBound: Float
    /// The largest training label.
    public let upperBound: Float

    /// A known range.
    public init(lowerBound: Float, upperBound: Float) {
        precondition(lowerBound < upperBound, "labels of one value are nothing to learn")
        self.lowerBound = lowerBound
        self.upperBound = upperBound
    }

    /// A label of the user as a number that is 0...1 for training labels.
    public func scaled(_ label: Float) -> Float { (label - lowerBound) / (upperBound - lowerBound) }

    /// A scaled number in the user's units.
    public func unscaled(_ value: Float) -> Float { lowerBound + value * (upperBound - lowerBound) }
}

extension TaskKind {
    /// The kind as configuration files and results call it.
    public var name: String {
        switch self {
        case .binary: "binary"
        case .classes: "classes"
        case .regression: "regression"
        }
    }

    /// The number of classes: 2 for binary, none for regression.
    var classCount: Int? {
        switch self {
        case .binary: 2
        case .classes(let count): count
        case .regression: nil
        }
    }
}
