import Datasets
import Foundation

/// Temperature scaling: probabilities `softmax(log p / temperature)`, one number per task, which changes no decision.
///
/// Above 1 it takes confidence away, below 1 it adds some.
/// Source: Guo, Pleiss, Sun, Weinberger, *On calibration of modern neural networks* (ICML 2017).
public struct Temperature: Sendable, Equatable {
    /// The temperatures that are considered.
    ///
    /// Where a fit sees no error at all any smaller one would be better still; the bound keeps it from certainty.
    public static let range = 0.05...20.0

    /// The temperature.
    public let value: Double

    /// A known temperature.
    public init(_ value: Double) {
        precondition(value > 0, "a temperature is positive")
        self.value = value
    }

    /// The temperature in `range` with the least cross-entropy of `predictions`, those of the validation split.
    ///
    /// Nil for regression and without predictions. Cross-entropy is convex in `1 / temperature`, so that its slope says on
    /// which side the least one lies.
    public init?(fitting predictions: TaskPredictions) {
        guard let classCount = predictions.task.kind.classCount, !predictions.labels.isEmpty else {
            return nil
        }
        let logits = predictions.logProbabilities
        var low = log(1 / Self.range.upperBound)
        var high = log(1 / Self.range.lowerBound)
        // Forty halvings of a range of six leave the twelfth digit.
        for _ in 0..<40 {
            let middle = (low + high) / 2
            let slope = Self.slope(
                logits, labels: predictions.labels, classCount: classCount, inverse: exp(middle))
            if slope > 0 { high = middle } else { low = middle }
        }
        value = exp(-(low + high) / 2)
    }

    /// The predictions at this temperature, their losses being cross-entropies in nats; regression as it is.
    public func scaled(_ predictions: TaskPredictions) -> TaskPredictions {
        guard let classCount = predictions.task.kind.classCount else { return predictions }
        let logits = predictions.logProbabilities
        let isBinary = predictions.task.kind.outputCount == 1
        var (values, losses): ([Float], [Float]) = ([], [])
        for (sample, label) in predictions.labels.enumerated() {
            let own = logits[sample * classCount..<(sample + 1) * classCount]
            let weights = Self.weights(own, inverse: 1 / value)
            let sum = weights.reduce(0, +)
            values += (isBinary ? weights.suffix(1) : weights[...]).map { Float($0 / sum) }
            losses.append(Float(log(sum) - log(weights[Int(label)])))
        }
        return TaskPredictions(
            task: predictions.task, samples: predictions.samples, labels: predictions.labels,
            values: values, losses: losses)
    }

    /// The derivative of the summed cross-entropy by the inverse temperature.
    private static func slope(
        _ logits: [Double], labels: [Float], classCount: Int, inverse: Double
    ) -> Double {
        var sum = 0.0
        for (sample, label) in labels.enumerated() {
            let own = logits[sample * classCount..<(sample + 1) * classCount]
            let weights = weights(own, inverse: inverse)
            let mean = zip(weights, own).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
            sum += mean - own[own.startIndex + Int(label)]
        }
        return sum
    }

    /// Numbers in proportion to the scaled probabilities, the largest of them 1.
    private static func weights(_ logits: ArraySlice<Double>, inverse: Double) -> [Double] {
        let largest = logits.max() ?? 0
        return logits.map { exp(inverse * ($0 - largest)) }
    }
}

extension TaskPredictions {
    /// The logarithm of the probability of every class, `[samples x classes]`, probabilities kept off 0.
    fileprivate var logProbabilities: [Double] {
        func bounded(_ probability: Double) -> Double {
            log(max(probability, Double(OutputTransform.leastProbability)))
        }
        if task.kind.outputCount == 1 {
            return values.flatMap { [bounded(1 - Double($0)), bounded(Double($0))] }
        }
        return values.map { bounded(Double($0)) }
    }
}
