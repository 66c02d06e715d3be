import Randomness

/// The two-sided p-value of the paired permutation test on the mean of `a - b`.
///
/// Up to 16 pairs every sign of every difference is tried, and p is exact: with n pairs it cannot be below 2 / 2^n.
/// Beyond, `samples` sign patterns are drawn, the observed one counted among them, so that p is never 0.
/// Source: Phipson, Smyth, *Permutation p-values should never be zero* (2010).
public func pairedPermutationTest(
    _ a: [Double], _ b: [Double], samples: Int = 100_000, using generator: inout Philox
) -> Double {
    let differences = pairedDifferences(a, b)
    guard !differences.isEmpty else { return 1 }
    let observed = abs(differences.reduce(0, +))
    // Sums that differ by rounding alone are equal.
    let threshold = observed - 1e-12 * differences.reduce(0) { $0 + abs($1) }
    func isAsExtreme(_ nextPattern: () -> UInt64) -> Bool {
        var sum = 0.0
        var signs: UInt64 = 0
        for (index, difference) in differences.enumerated() {
            if index % 64 == 0 { signs = nextPattern() }
            sum += signs & 1 == 0 ? difference : -difference
            signs >>= 1
        }
        return abs(sum) >= threshold
    }
    if differences.count <= 16 {
        // The last sign is kept: turning all signs gives the same absolute sum.
        let patterns = UInt64(1) << (differences.count - 1)
        let extreme = (0..<patterns).count { pattern in isAsExtreme { pattern } }
        return Double(extreme) / Double(patterns)
    }
    let extreme = (0..<samples).count { _ in isAsExtreme { generator.next() } }
    return Double(extreme + 1) / Double(samples + 1)
}
