import Foundation

/// What a task's outputs mean: how they become predictions, and what they cost against a label.
///
/// A prediction is the probability of class 1, a probability for each class, or a label scaled to 0...1.
public enum OutputTransform: String, Codable, Sendable, CaseIterable {
    /// The logit of class 1.
    case logit
    /// One logit per class.
    case logits
    /// The probability of class 1 itself.
    case probability
    /// The probability of each class itself.
    case probabilities
    /// `0.5 + 0.5 tanh(x)` is the scaled label.
    case squashed
    /// `x` is the scaled label itself.
    case unit

    /// Probabilities are kept this far from 0 and 1 where a logarithm is taken of them.
    static let leastProbability: Float = 1e-6

    /// The predictions that `outputs` stand for, written to `predictions`; both have the task's width.
    func predict(_ outputs: UnsafeBufferPointer<Float>, into predictions: UnsafeMutableBufferPointer<Float>) {
        switch self {
        case .logit:
            predictions[0] = Self.sigmoid(outputs[0])
        case .logits:
            Self.softmax(outputs, into: predictions)
        case .probability, .probabilities, .unit:
            for index in outputs.indices { predictions[index] = outputs[index] }
        case .squashed:
            predictions[0] = 0.5 + 0.5 * tanh(outputs[0])
        }
    }

    /// The loss of `outputs` against `label` in nats or squared scaled units; its gradient is written to `gradient`.
    ///
    /// Cross-entropy for classification, squared error for regression (label scaled to 0...1).
    func loss(
        _ outputs: UnsafeBufferPointer<Float>, label: Float, gradient: UnsafeMutableBufferPointer<Float>
    ) -> Float {
        switch self {
        case .logit:
            let logit = outputs[0]
            gradient[0] = Self.sigmoid(logit) - label
            return max(logit, 0) - logit * label + log1p(exp(-abs(logit)))
        case .logits:
            let normalizer = Self.softmax(outputs, into: gradient)
            let truth = Int(label)
            gradient[truth] -= 1
            return normalizer - outputs[truth]
        case .probability:
            let probability = Self.clipped(outputs[0])
            gradient[0] = (probability - label) / (probability * (1 - probability))
            return -label * log(probability) - (1 - label) * log1p(-probability)
        case .probabilities:
            let truth = Int(label)
            let probability = Self.clipped(outputs[truth])
            gradient.update(repeating: 0)
            gradient[truth] = -1 / probability
            return -log(probability)
        case .squashed:
            let bounded = tanh(outputs[0])
            let error = 0.5 + 0.5 * bounded - label
            gradient[0] = error * (1 - bounded * bounded)
            return error * error
        case .unit:
            let error = outputs[0] - label
            gradient[0] = 2 * error
            return error * error
        }
    }

    private static func clipped(_ probability: Float) -> Float {
        min(max(probability, leastProbability), 1 - leastProbability)
    }

    private static func sigmoid(_ logit: Float) -> Float {
        let small = exp(-abs(logit))
        return (logit >= 0 ? 1 : small) / (1 + small)
    }

    /// Writes the softmax of `logits` to `result` and returns the logarithm of the sum of their exponentials.
    @discardableResult
    private static func softmax(
        _ logits: UnsafeBufferPointer<Float>, into result: UnsafeMutableBufferPointer<Float>
    ) -> Float {
        var largest = logits[0]
        for logit in logits { largest = max(largest, logit) }
        var sum: Float = 0
        for index in logits.indices {
            result[index] = exp(logits[index] - largest)
            sum += result[index]
        }
        for index in result.indices { result[index] /= sum }
        return largest + log(sum)
    }
}
