/// How often each class was taken for each: the counts that all scores of hard decisions follow from.
///
/// Definitions are those of scikit-learn; where a ratio has nothing to divide by, it counts 0.
public struct ConfusionMatrix: Sendable, Equatable {
    /// Counts, `[true class][predicted class]`.
    public let counts: [[Int]]

    /// Counts over samples with `truths` and `predictions`.
    public init(truths: [Int], predictions: [Int], classCount: Int) {
        precondition(truths.count == predictions.count, "one prediction per label")
        var counts = [[Int]](repeating: [Int](repeating: 0, count: classCount), count: classCount)
        for (truth, prediction) in zip(truths, predictions) { counts[truth][prediction] += 1 }
        self.counts = counts
    }

    /// Known counts, `[true class][predicted class]`.
    public init(counts: [[Int]]) {
        precondition(counts.allSatisfy { $0.count == counts.count }, "as many predicted classes as true ones")
        self.counts = counts
    }

    private var total: Int { counts.reduce(0) { $0 + $1.reduce(0, +) } }
    private var correct: Int { counts.indices.reduce(0) { $0 + counts[$1][$1] } }
    private func support(_ label: Int) -> Int { counts[label].reduce(0, +) }
    private func predicted(_ label: Int) -> Int { counts.reduce(0) { $0 + $1[label] } }

    /// The share of correct decisions.
    public var accuracy: Double { Self.ratio(correct, total) }

    /// The mean recall over the classes that occur.
    public var balancedAccuracy: Double {
        Self.mean(counts.indices.filter { support($0) > 0 }.map { Self.ratio(counts[$0][$0], support($0)) })
    }

    /// The harmonic mean of precision and recall of one class.
    public func f1(of label: Int) -> Double {
        Self.ratio(2 * counts[label][label], support(label) + predicted(label))
    }

    /// The mean F1 over the classes that occur or were predicted.
    public var macroF1: Double {
        Self.mean(counts.indices.filter { support($0) + predicted($0) > 0 }.map { f1(of: $0) })
    }

    /// The mean F1 over classes, each counted by its number of samples.
    public var weightedF1: Double {
        guard total > 0 else { return 0 }
        return counts.indices.reduce(0) { $0 + Double(support($1)) * f1(of: $1) } / Double(total)
    }

    /// Matthews' correlation coefficient for any number of classes: Gorodkin (2004).
    public var matthews: Double {
        let count = Double(total)
        let truths = counts.indices.map { Double(support($0)) }
        let predictions = counts.indices.map { Double(predicted($0)) }
        let covariance = Double(correct) * count - zip(truths, predictions).reduce(0) { $0 + $1.0 * $1.1 }
        let spreads = [truths, predictions].map { sums in
            count * count - sums.reduce(0) { $0 + $1 * $1 }
        }
        let scale = (spreads[0] * spreads[1]).squareRoot()
        return scale > 0 ? covariance / scale : 0
    }

    private static func ratio(_ numerator: Int, _ denominator: Int) -> Double {
        denominator > 0 ? Double(numerator) / Double(denominator) : 0
    }

    private static func mean(_ values: [Double]) -> Double {
        values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    }
}
