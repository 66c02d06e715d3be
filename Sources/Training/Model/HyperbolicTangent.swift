import LinearAlgebra

/// The hyperbolic tangent of many numbers at once.
///
/// The C library's `tanhf`, called number by number, took a third of a step with many tasks; this is straight-line code that
/// the compiler turns into vector instructions. Its error is below `2e-7`, and `tanh(-x) = -tanh(x)` exactly.
enum HyperbolicTangent {
    /// Replaces each of `values` by its hyperbolic tangent, `(1 - e) / (1 + e)` of its size with `e = exp(-2 |x|)`.
    static func apply(to values: UnsafeMutableBufferPointer<Float>) {
        for index in values.indices {
            let value = values[index]
            // Beyond 10 the result is 1 in single precision; NaN passes through `value` below.
            let size = abs(value) < 10 ? abs(value) : 10
            let exponential = powerOfTwo(-2 * size * 1.442_695_04)
            let result = (1 - exponential) / (1 + exponential)
            let signed = Float(bitPattern: result.bitPattern | (value.bitPattern & 0x8000_0000))
            values[index] = value == value ? signed : value
        }
    }

    /// Multiplies a cotangent of `values`, which are hyperbolic tangents, by their derivative `1 - values^2`.
    static func takeBack(_ cotangent: inout Matrix, through values: Matrix) {
        cotangent.elements.withUnsafeMutableBufferPointer { cotangent in
            values.elements.withUnsafeBufferPointer { values in
                for index in cotangent.indices { cotangent[index] *= 1 - values[index] * values[index] }
            }
        }
    }

    /// `2^x` for `x` in `-126...0`: the fraction by the Taylor series of `exp(x ln 2)`, the whole part as an exponent.
    @inline(__always)
    private static func powerOfTwo(_ exponent: Float) -> Float {
        // Adding 1.5 x 2^23 leaves the nearest whole number in the low bits.
        let shifter: Float = 12_582_912
        let shifted = exponent + shifter
        let whole = shifted - shifter
        let fraction = exponent - whole
        var series: Float = 1.525_273_4e-5
        series = series * fraction + 1.540_353_0e-4
        series = series * fraction + 1.333_355_8e-3
        series = series * fraction + 9.618_129_1e-3
        series = series * fraction + 5.550_410_9e-2
        series = series * fraction + 2.402_265_1e-1
        series = series * fraction + 6.931_471_8e-1
        series = series * fraction + 1
        let bits = (shifted.bitPattern &- shifter.bitPattern &+ 127) &<< 23
        return series * Float(bitPattern: bits)
    }
}
