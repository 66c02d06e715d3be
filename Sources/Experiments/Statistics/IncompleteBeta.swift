import Foundation

/// The regularised incomplete beta function I_x(a, b), for positive `a` and `b` and `x` in `0...1`.
///
/// Source: the continued fraction of DLMF 8.17.22, by the modified Lentz method, on the side of its mean where it
/// converges quickly.
func regularizedIncompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    regularizedIncompleteBeta(x, complement: 1 - x, a, b)
}

/// The same with `1 - x` given, for an `x` so close to 1 that the subtraction would lose digits.
func regularizedIncompleteBeta(_ x: Double, complement: Double, _ a: Double, _ b: Double) -> Double {
    precondition(a > 0 && b > 0, "the incomplete beta function needs positive parameters")
    if x <= 0 { return 0 }
    if complement <= 0 { return 1 }
    if x > (a + 1) / (a + b + 2) {
        return 1 - regularizedIncompleteBeta(complement, complement: x, b, a)
    }
    let logBeta = logGamma(a) + logGamma(b) - logGamma(a + b)
    let front = exp(a * log(x) + b * log(complement) - logBeta) / a
    return front * betaContinuedFraction(x, a, b)
}

private func betaContinuedFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    func guarded(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var c = 1.0
    var d = 1 / guarded(1 - (a + b) * x / (a + 1))
    var fraction = d
    // Convergence takes about the square root of the larger parameter; the bound only stops a NaN.
    for term in 1...10_000 {
        let m = Double(term)
        let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1 / guarded(1 + even * d)
        c = guarded(1 + even / c)
        fraction *= d * c
        let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d = 1 / guarded(1 + odd * d)
        c = guarded(1 + odd / c)
        fraction *= d * c
        if abs(d * c - 1) < 1e-16 { break }
    }
    return fraction
}

private func logGamma(_ x: Double) -> Double {
    // The reentrant form: plain lgamma writes a global sign.
    var sign: Int32 = 0
    return lgamma_r(x, &sign)
}
