import Randomness

/// A range that holds the true value with a stated confidence.
public struct ConfidenceInterval: Sendable, Equatable {
    /// The lower bound.
    public let lower: Double
    /// The upper bound.
    public let upper: Double

    /// An interval of known bounds.
    public init(lower: Double, upper: Double) {
        self.lower = lower
        self.upper = upper
    }

    /// The interval of the mean of `values`, by Student's t; a single value is its own interval.
    ///
    /// Values that share training samples are treated as in `PairedTTest`.
    public static func ofMean(
        _ values: [Double], confidence: Double = 0.95, testShare: Double = 0
    ) -> ConfidenceInterval {
        let mean = values.mean
        guard values.count > 1 else { return ConfidenceInterval(lower: mean, upper: mean) }
        let quantile = StudentT(degreesOfFreedom: Double(values.count - 1)).quantile((1 + confidence) / 2)
        let margin =
            quantile * values.standardDeviation * (1 / Double(values.count) + testShare).squareRoot()
        return ConfidenceInterval(lower: mean - margin, upper: mean + margin)
    }

    /// The percentile bootstrap interval of `statistic` of the values.
    ///
    /// Source: Efron, Tibshirani, *An Introduction to the Bootstrap* (1993), chapter 13. With fewer than about ten
    /// values it is too narrow; `ofMean` is then the better choice.
    public static func bootstrap(
        _ values: [Double], confidence: Double = 0.95, resamples: Int = 10_000, using generator: inout Philox,
        statistic: ([Double]) -> Double
    ) -> ConfidenceInterval {
        precondition(!values.isEmpty && resamples > 0, "a bootstrap needs values and resamples")
        var sample = values
        var outcomes: [Double] = []
        outcomes.reserveCapacity(resamples)
        for _ in 0..<resamples {
            for index in sample.indices {
                sample[index] = values[Int.random(in: values.indices, using: &generator)]
            }
            outcomes.append(statistic(sample))
        }
        outcomes.sort()
        return ConfidenceInterval(
            lower: quantile((1 - confidence) / 2, ofSorted: outcomes),
            upper: quantile((1 + confidence) / 2, ofSorted: outcomes))
    }
}

/// A quantile of sorted values, interpolated linearly between neighbours (type 7 of Hyndman and Fan, 1996).
func quantile(_ p: Double, ofSorted values: [Double]) -> Double {
    let position = p * Double(values.count - 1)
    let below = Int(position)
    let above = min(below + 1, values.count - 1)
    return values[below] + (position - Double(below)) * (values[above] - values[below])
}

extension HeadComparison.Summary {
    /// Mean, sample standard deviation and the 95% Student t interval of the mean of `values`.
    public init(of values: [Double]) {
        let interval = ConfidenceInterval.ofMean(values)
        self.init(
            mean: values.mean, std: values.standardDeviation, ci95: [interval.lower, interval.upper])
    }

    /// The same of the values of all runs of a head, the interval being over the pairs of `pairing`.
    init(of values: [Double], pairing: RunPairing) {
        let interval = ConfidenceInterval.ofMean(pairing.means(values), testShare: pairing.testShare)
        self.init(
            mean: values.mean, std: values.standardDeviation, ci95: [interval.lower, interval.upper])
    }
}
