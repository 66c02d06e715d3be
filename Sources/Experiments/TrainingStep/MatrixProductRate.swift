import LinearAlgebra

/// How fast this machine multiplies matrices: the scale on which other rates are read.
public enum MatrixProductRate {
    /// The median rate of products of two 512 x 512 matrices of floats over about 0.2 s, in GFLOP/s.
    public static func measured() -> Double {
        let size = 512
        let left = Matrix(rows: size, columns: size, repeating: 0.5)
        let right = Matrix(rows: size, columns: size, repeating: 0.25)
        let clock = ContinuousClock()
        let start = clock.now
        var seconds: [Double] = []
        var check: Float = 0
        while seconds.count < 5 || clock.now - start < .milliseconds(200) {
            seconds.append(clock.measure { check += Matrix.product(left, .plain, right)[0, 0] } / .seconds(1))
        }
        precondition(check > 0, "the products are used")
        return 2e-9 * Double(size * size * size) / seconds.sorted()[seconds.count / 2]
    }
}
