import LinearAlgebra

/// The loss that is trained: per task the mean over its labelled samples, in all their weighted sum over tasks.
///
/// Binary and categorical cross-entropy in nats; squared error for regression, on labels scaled to 0...1. A class-weighted
/// mean divides by the number of samples, so that balanced weights leave the size of a loss alone.
public struct Loss: Sendable {
    /// Every task's outputs.
    public let outputs: [TaskOutput]
    /// The weight of each task; `1 / T` each makes the total a mean.
    public let taskWeights: [Double]
    /// The weight of each class of each task; empty where every sample counts 1.
    public let classWeights: [[Float]]

    /// A loss over `outputs`; the other arguments have one entry per task.
    public init(outputs: [TaskOutput], taskWeights: [Double], classWeights: [[Float]]) {
        precondition(taskWeights.count == outputs.count && classWeights.count == outputs.count)
        self.outputs = outputs
        self.taskWeights = taskWeights
        self.classWeights = classWeights
    }

    /// The loss of one minibatch with `labels` `[samples x T]`, NaN where a sample has no label for a task.
    public func batch(labels: Matrix) -> BatchLoss {
        BatchLoss(self, labels: labels)
    }
}

/// The loss of one minibatch, ready to be asked about any part of it.
public struct BatchLoss: Sendable {
    /// Labelled samples of each task.
    public let labelCounts: [Int]
    private let outputs: [TaskOutput]
    /// Scaled labels, `[samples x T]`.
    private let labels: Matrix
    /// What a sample's loss is multiplied by for its class, `[samples x T]`; 0 where there is no label.
    private let sampleWeights: Matrix
    /// What a task's losses are multiplied by in the total: its weight over its number of labels.
    private let taskFactors: [Float]

    fileprivate init(_ loss: Loss, labels: Matrix) {
        precondition(labels.columns == loss.outputs.count, "labels have a column for each task")
        var scaled = labels
        var weights = Matrix(rows: labels.rows, columns: labels.columns)
        var counts = [Int](repeating: 0, count: labels.columns)
        scaled.elements.withUnsafeMutableBufferPointer { scaled in
            weights.elements.withUnsafeMutableBufferPointer { weights in
                for (task, output) in loss.outputs.enumerated() {
                    let classWeights = loss.classWeights[task]
                    for index in stride(from: task, to: scaled.count, by: labels.columns) {
                        let label = scaled[index]
                        if label.isNaN { continue }
                        counts[task] += 1
                        weights[index] = classWeights.isEmpty ? 1 : classWeights[Int(label)]
                        scaled[index] = output.scaled(label)
                    }
                }
            }
        }
        outputs = loss.outputs
        self.labels = scaled
        sampleWeights = weights
        labelCounts = counts
        taskFactors = zip(loss.taskWeights, counts).map { Float($0 / Double(max($1, 1))) }
    }

    /// The derivative of the total by `outputs` `[samples.count x O]`, and each label's loss `[samples.count x T]`, weighted
    /// by its class and 0 where there is no label.
    public func evaluate(_ outputs: Matrix, samples: Range<Int>) -> (cotangent: Matrix, losses: Matrix) {
        precondition(outputs.rows == samples.count, "outputs have a row for each sample")
        let taskCount = labels.columns
        var cotangent = Matrix(rows: outputs.rows, columns: outputs.columns)
        var losses = Matrix(rows: outputs.rows, columns: taskCount)
        outputs.elements.withUnsafeBufferPointer { values in
            cotangent.elements.withUnsafeMutableBufferPointer { cotangent in
                losses.elements.withUnsafeMutableBufferPointer { losses in
                    for (row, sample) in samples.enumerated() {
                        for (task, output) in self.outputs.enumerated() {
                            let weight = sampleWeights.elements[sample * taskCount + task]
                            if weight == 0 { continue }
                            let start = row * outputs.columns + output.columns.lowerBound
                            let range = start..<start + output.columns.count
                            let gradient = UnsafeMutableBufferPointer(rebasing: cotangent[range])
                            let loss = output.transform.loss(
                                UnsafeBufferPointer(rebasing: values[range]),
                                label: labels.elements[sample * taskCount + task], gradient: gradient)
                            losses[row * taskCount + task] = weight * loss
                            let factor = weight * taskFactors[task]
                            for index in gradient.indices { gradient[index] *= factor }
                        }
                    }
                }
            }
        }
        return (cotangent, losses)
    }

    /// The total of all labels' `losses` `[samples x T]`.
    public func total(_ losses: Matrix) -> Double {
        Self.sums(losses).enumerated().reduce(0) { $0 + Double(taskFactors[$1.offset]) * $1.element }
    }

    /// The sum of each task's losses.
    static func sums(_ losses: Matrix) -> [Double] {
        var sums = [Double](repeating: 0, count: losses.columns)
        losses.elements.withUnsafeBufferPointer { values in
            for row in 0..<losses.rows {
                for task in sums.indices { sums[task] += Double(values[row * sums.count + task]) }
            }
        }
        return sums
    }
}
