/// How far results may be apart, and why.
struct Tolerance {
    /// Of values that Qiskit Aer computes in double precision: what the project promises at any precision.
    static let aer = 1e-5
    /// Of values in `-1...1`, and of gradients relative to the largest entry of the same kind.
    let value: Double
    /// Of derivatives found from differences of single-precision values.
    let difference: Double

    init(_ kind: BackendKind) {
        switch kind {
        case .cpu(.single, _), .opencl(_, .single, _):
            // Some 200 gates lie between a sample and a readout here, each with a rounding error of 2^-24 of either sign:
            // sqrt(200) * 2^-24 = 8e-7, and five times that for the worst of thousands of values.
            value = 4e-6
            // The finest stencil multiplies errors of values, mostly below 1e-6, by at most 58.
            difference = 5e-5
        case .reference, .cpu(.double, _), .opencl(_, .double, _):
            // Values are handed over in single precision, 2^-24 = 6e-8; sums of a hundred such values are compared, too.
            value = 5e-7
            // As above with errors of 2^-25 a value; the stencil's own error is below it.
            difference = 5e-6
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
