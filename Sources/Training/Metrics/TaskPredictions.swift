import Datasets
import LinearAlgebra

/// The predictions of one task's labelled samples, and everything they are scored by.
public struct TaskPredictions: Sendable {
    /// The task.
    public let task: LearningTask
    /// The place of each sample in the data set: its row, the rows of all sources counted through.
    public private(set) var samples: [Int] = []
    /// Labels, in the user's units.
    public private(set) var labels: [Float] = []
    /// Predictions sample by sample: the probability of class 1, the probability of each class, or a value in the
    /// user's units.
    public private(set) var values: [Float] = []
    /// The loss of each sample, as `OutputTransform` defines it.
    public private(set) var losses: [Float] = []

    /// No predictions yet.
    public init(task: LearningTask) {
        self.task = task
    }

    /// Predictions of known loss; `values` has the task's outputs of each sample, one sample after the other.
    ///
    /// Samples that are not placed are the first ones of the data set.
    public init(
        task: LearningTask, samples: [Int]? = nil, labels: [Float], values: [Float], losses: [Float]
    ) {
        precondition(values.count == labels.count * task.kind.outputCount && losses.count == labels.count)
        precondition(samples.map { $0.count == labels.count } ?? true)
        self.task = task
        self.samples = samples ?? Array(labels.indices)
        self.labels = labels
        self.values = values
        self.losses = losses
    }

    mutating func append(
        sample: Int, label: Float, values: UnsafeMutableBufferPointer<Float>, loss: Float
    ) {
        samples.append(sample)
        labels.append(label)
        self.values.append(contentsOf: values)
        losses.append(loss)
    }

    /// The mean loss.
    public var meanLoss: Double { losses.reduce(0) { $0 + Double($1) } / Double(max(losses.count, 1)) }

    /// The predicted class of each sample: the most probable one; nil for regression.
    public var classes: [Int]? { Self.classes(of: values, kind: task.kind) }

    /// The most probable class of each sample of `values`; nil for regression.
    static func classes(of values: [Float], kind: TaskKind) -> [Int]? {
        switch kind {
        case .binary:
            return values.map { $0 >= 0.5 ? 1 : 0 }
        case .classes(let count):
            return stride(from: 0, to: values.count, by: count).map { start in
                var best = 0
                for index in 1..<count where values[start + index] > values[start + best] { best = index }
                return best
            }
        case .regression:
            return nil
        }
    }

    /// Counts of true and predicted classes; nil for regression.
    public var confusion: ConfusionMatrix? {
        guard let classes, let classCount = task.kind.classCount else { return nil }
        return ConfusionMatrix(truths: labels.map { Int($0) }, predictions: classes, classCount: classCount)
    }

    /// The filled bins of the reliability diagram; nil for regression.
    public var reliability: [RunResult.ReliabilityBin]? {
        guard let classes else { return nil }
        let width = task.kind.outputCount
        let confidences = classes.indices.map { sample -> Double in
            let value = Double(values[sample * width + (width == 1 ? 0 : classes[sample])])
            return width == 1 ? max(value, 1 - value) : value
        }
        return Calibration.reliability(
            confidences: confidences, isCorrect: zip(classes, labels).map { $0 == Int($1) })
    }

    /// The Brier score: the mean squared distance of probabilities from the truth, summed over classes where there are
    /// more than two; nil for regression.
    public var brier: Double? {
        guard task.kind.classCount != nil else { return nil }
        let width = task.kind.outputCount
        var sum = 0.0
        for (sample, label) in labels.enumerated() {
            for index in 0..<width {
                let truth: Double = width == 1 ? Double(label) : Int(label) == index ? 1 : 0
                let error = Double(values[sample * width + index]) - truth
                sum += error * error
            }
        }
        return sum / Double(max(labels.count, 1))
    }
}
