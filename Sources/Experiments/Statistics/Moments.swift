extension Collection where Element == Double {
    /// The arithmetic mean; NaN of nothing.
    package var mean: Double { reduce(0, +) / Double(count) }

    /// The sample standard deviation, with `count - 1` in the denominator; 0 for a single value.
    package var standardDeviation: Double {
        guard count > 1 else { return 0 }
        let center = mean
        let squares = reduce(0) { $0 + ($1 - center) * ($1 - center) }
        return (squares / Double(count - 1)).squareRoot()
    }
}

/// The differences `a - b`, pair by pair.
func pairedDifferences(_ a: [Double], _ b: [Double]) -> [Double] {
    precondition(a.count == b.count, "paired values come in equal numbers")
    return zip(a, b).map { $0 - $1 }
}

/// Cohen's d_z of paired values: the mean of the differences `a - b` over their standard deviation.
///
/// Nil where the differences vary by no more than rounding: the ratio is then not defined.
public func pairedEffectSize(_ a: [Double], _ b: [Double]) -> Double? {
    let differences = pairedDifferences(a, b)
    let deviation = differences.standardDeviation
    let rounding = 1e-14 * (a + b).reduce(0) { max($0, abs($1)) }
    return differences.count > 1 && deviation > rounding ? differences.mean / deviation : nil
}
