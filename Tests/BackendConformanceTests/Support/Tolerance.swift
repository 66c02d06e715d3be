/// How far results may be apart, and why.
struct Tolerance {
    /// Of values in `-1...1`, and of gradients relative to the largest entry of the same kind.
    let value: Double
    /// Of derivatives found from differences of single-precision values.
    let difference: Double

    init(_ kind: BackendKind) {
        switch kind {
        case .cpu(.single, _):
            // A rounding error is 2^-24, and some 200 gates lie between a sample and a readout of these circuits:
            // 200 * 2^-24 = 1.2e-5 if every error had the same sign.
            value = 1e-5
            // The stencil of `Workload.differences` multiplies errors of values, mostly 1e-6, by at most 1.83 / step.
            difference = 1e-4
        case .reference, .cpu(.double, _):
            // Values are handed over in single precision; 2^-24 = 6e-8, and a sum over samples is rounded once.
            value = 5e-7
            // As above with errors of 2^-25 a value; the stencil's own error is below it.
            difference = 1e-5
        }
    }
}

/// The largest difference of two lists relative to the larger of 1 and the largest of `expected`.
///
/// Infinite where lengths differ or a value is not a number.
func distance(_ actual: [Float], _ expected: [Float]) -> Double {
    let differences = zip(actual, expected).map { abs(Double($0) - Double($1)) }
    guard actual.count == expected.count, !differences.contains(where: \.isNaN) else { return .infinity }
    let scale = expected.reduce(1) { max($0, abs(Double($1))) }
    return (differences.max() ?? 0) / scale
}
