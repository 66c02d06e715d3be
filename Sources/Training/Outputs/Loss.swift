import LinearAlgebra

/// The loss that is trained: per task the mean over its labelled samples, in all their weighted sum over tasks.
///
/// Binary and categorical cross-entropy in nats; squared error for regression, on labels scaled to 0...1. A class-weighted
/// mean divides by the number of samples, so that balanced weights leave the size of a loss alone.
public struct Loss: Sendable {
    /// Every task's outputs.
    public let outputs: [TaskOutput]
    /// The weight of each task where none other is given; `1 / T` each makes the total a mean.
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
    /// What the inner loop needs of a task.
    private struct Column {
        let firstOutput: Int
        let width: Int
        let transform: OutputTransform
        /// What losses are multiplied by in the total: the task's weight over its number of labels.
        var factor: Float
    }

    /// Labelled samples of each task.
    public let labelCounts: [Int]
    private var columns: [Column]
    /// Scaled labels, `[samples x T]`.
    private let labels: Matrix
    /// What a sample's loss is multiplied by for its class, `[samples x T]`; 0 where there is no label.
    private let weights: Matrix

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
        columns = loss.outputs.indices.map { task in
            Column(
                firstOutput: loss.outputs[task].columns.lowerBound, width: loss.outputs[task].columns.count,
                transform: loss.outputs[task].transform,
                factor: Float(loss.taskWeights[task] / Double(max(counts[task], 1))))
        }
        self.labels = scaled
        self.weights = weights
        labelCounts = counts
    }

    /// The same loss with other weights of the tasks.
    public func weighing(_ taskWeights: [Double]) -> BatchLoss {
        precondition(taskWeights.count == columns.count, "one weight per task")
        var result = self
        for task in columns.indices {
            result.columns[task].factor = Float(taskWeights[task] / Double(max(labelCounts[task], 1)))
        }
        return result
    }

    /// The derivative of the total by `outputs` `[samples.count x O]`, and each label's loss `[samples.count x T]`, weighted
    /// by its class and 0 where there is no label.
    public func evaluate(_ outputs: Matrix, samples: Range<Int>) -> (cotangent: Matrix, losses: Matrix) {
        precondition(outputs.rows == samples.count, "outputs have a row for each sample")
        var cotangent = Matrix(rows: outputs.rows, columns: outputs.columns)
        var losses = Matrix(rows: outputs.rows, columns: columns.count)
        let start = samples.lowerBound * columns.count
        labels.elements.withUnsafeBufferPointer { labels in
            weights.elements.withUnsafeBufferPointer { weights in
                outputs.elements.withUnsafeBufferPointer { outputValues in
                    cotangent.elements.withUnsafeMutableBufferPointer { gradients in
                        losses.elements.withUnsafeMutableBufferPointer { losses in
                            for entry in losses.indices {
                                let weight = weights[start + entry]
                                if weight == 0 { continue }
                                let (row, task) = entry.quotientAndRemainder(dividingBy: columns.count)
                                let column = columns[task]
                                let first = row * outputs.columns + column.firstOutput
                                let gradient = UnsafeMutableBufferPointer(
                                    rebasing: gradients[first..<first + column.width])
                                let values = UnsafeBufferPointer(
                                    rebasing: outputValues[first..<first + column.width])
                                losses[entry] =
                                    weight
                                    * column.transform.loss(
                                        values, label: labels[start + entry], gradient: gradient)
                                let factor = weight * column.factor
                                for index in gradient.indices { gradient[index] *= factor }
                            }
                        }
                    }
                }
            }
        }
        return (cotangent, losses)
    }

    /// The total of all labels' `losses` `[samples x T]`.
    public func total(_ losses: Matrix) -> Double {
        zip(Self.sums(losses), columns).reduce(0) { $0 + $1.0 * Double($1.1.factor) }
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
