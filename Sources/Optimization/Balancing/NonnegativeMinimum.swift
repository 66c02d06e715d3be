import LinearAlgebra

/// The smallest value of a quadratic function over vectors without negative elements.
enum NonnegativeMinimum {
    /// The share of the largest diagonal element that is added along the diagonal of a Gramian.
    ///
    /// It makes the minimum unique; single precision gradients do not tell their Gramian more exactly than that.
    static let regularization = 1e-9

    /// The minimiser of `x^T Q x / 2 + c^T x` over `x >= 0`, for a positive definite `Q`.
    ///
    /// Whole sets of variables change between zero and free at once, and one by one should that ever run in circles, which
    /// ends for certain: Júdice, Pires, *A block principal pivoting algorithm for large-scale strictly monotone linear
    /// complementarity problems* (Computers and Operations Research, 1994).
    /// - Parameter isFree: the variables that are tried as free at first, for instance those of a similar problem.
    static func of(
        _ matrix: SymmetricMatrix, linear: [Double], startingWith isFree: [Bool]? = nil
    ) -> (point: [Double], isFree: [Bool]) {
        let count = matrix.order
        var isFree = isFree ?? [Bool](repeating: false, count: count)
        var fewestViolations = count + 1
        var blockTrials = 3
        while true {
            let free = (0..<count).filter { isFree[$0] }
            guard let values = matrix.restricted(to: free).solving(free.map { -linear[$0] }) else {
                preconditionFailure("the quadratic function is positive definite")
            }
            var point = [Double](repeating: 0, count: count)
            for (index, value) in zip(free, values) { point[index] = value }
            let slope = zip(matrix.multiplied(by: point), linear).map { $0 + $1 }
            let scale = linear.reduce(0) { max($0, abs($1)) }
            let violated = (0..<count).filter {
                isFree[$0] ? point[$0] < 0 : slope[$0] < -1e-12 * scale
            }
            guard let last = violated.last else { return (point, isFree) }
            if violated.count < fewestViolations {
                fewestViolations = violated.count
                blockTrials = 3
            } else {
                blockTrials -= 1
            }
            for index in blockTrials >= 0 ? violated : [last] { isFree[index].toggle() }
        }
    }
}
