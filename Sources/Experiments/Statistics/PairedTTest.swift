/// The two-sided p-value of the paired t-test that `a` and `b` have the same mean.
///
/// Nil with fewer than two pairs, or where the differences do not vary: t is then not defined.
public func pairedTTest(_ a: [Double], _ b: [Double]) -> Double? {
    let differences = pairedDifferences(a, b)
    guard let effectSize = pairedEffectSize(a, b) else { return nil }
    return StudentT(degreesOfFreedom: Double(differences.count - 1))
        .twoSidedProbability(beyond: effectSize * Double(differences.count).squareRoot())
}
