/// How far values of `a` lie above those of `b`: the share of pairs in which they do, less the share in which they lie below.
///
/// From -1 to 1; pairs are formed of every value with every other, whatever their order. Source: Cliff, *Dominance statistics:
/// ordinal analyses to answer ordinal questions* (Psychological Bulletin 114, 1993).
public func cliffsDelta(_ a: [Double], _ b: [Double]) -> Double {
    precondition(!a.isEmpty && !b.isEmpty, "a share needs values")
    let sum = a.reduce(0) { sum, own in
        b.reduce(sum) { $0 + (own > $1 ? 1 : own < $1 ? -1 : 0) }
    }
    return Double(sum) / Double(a.count * b.count)
}
