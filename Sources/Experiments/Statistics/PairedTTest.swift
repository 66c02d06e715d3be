/// The paired t-test that two heads score alike, and the interval of the difference of their means.
///
/// Pairs that share training samples, as folds do, are correlated: their variance is then taken as `1 / n + testShare` times
/// that of one difference, instead of `1 / n`. Source: Nadeau, Bengio, *Inference for the generalization error* (Machine
/// Learning 52, 2003), the corrected resampled t-test; with `testShare` 0 it is Student's.
public struct PairedTTest: Sendable, Equatable {
    /// The mean of the differences `a - b`.
    public let difference: Double
    /// The two-sided p-value.
    public let p: Double
    /// The 95% interval of the mean difference.
    public let interval: ConfidenceInterval

    /// The test of `a` against `b`; nil with fewer than two pairs, or where the differences do not vary.
    ///
    /// `testShare` is the number of test samples of a pair over that of its training samples, 0 where pairs are independent.
    public init?(_ a: [Double], _ b: [Double], testShare: Double = 0) {
        precondition(testShare >= 0, "a share of samples is not negative")
        let differences = pairedDifferences(a, b)
        guard pairedEffectSize(a, b) != nil else { return nil }
        let distribution = StudentT(degreesOfFreedom: Double(differences.count - 1))
        let error =
            differences.standardDeviation * (1 / Double(differences.count) + testShare).squareRoot()
        difference = differences.mean
        p = distribution.twoSidedProbability(beyond: difference / error)
        let margin = distribution.quantile(0.975) * error
        interval = ConfidenceInterval(lower: difference - margin, upper: difference + margin)
    }
}
