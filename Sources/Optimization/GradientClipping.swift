/// Shortens gradients that are too long, all parameters' together.
///
/// Source: Pascanu, Mikolov, Bengio, *On the difficulty of training recurrent neural networks* (ICML 2013).
public enum GradientClipping {
    /// The Euclidean norm over all of `gradients`.
    public static func norm(_ gradients: [[Float]]) -> Double {
        var sum = 0.0
        for gradient in gradients {
            gradient.withUnsafeBufferPointer { values in
                for value in values { sum += Double(value) * Double(value) }
            }
        }
        return sum.squareRoot()
    }

    /// The number to multiply gradients of length `norm` by, so that they are no longer than `limit`.
    public static func factor(norm: Double, limit: Double) -> Float {
        norm > limit ? Float(limit / norm) : 1
    }

    /// Multiplies every value of `gradient` by `factor`.
    public static func scale(_ gradient: inout [Float], by factor: Float) {
        if factor == 1 { return }
        gradient.withUnsafeMutableBufferPointer { values in
            for index in values.indices { values[index] *= factor }
        }
    }
}
