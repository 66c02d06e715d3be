/// Eigenvalues of a small real symmetric matrix.
enum SymmetricEigenvalues {
    /// The eigenvalues of `matrix`, ascending, by Jacobi rotations.
    ///
    /// Source: Golub, Van Loan, *Matrix Computations*, section 8.5 (cyclic Jacobi).
    static func of(_ matrix: [[Double]]) -> [Double] {
        var a = matrix
        let order = a.count
        let scale = a.joined().reduce(0) { $0 + $1 * $1 }
        for _ in 0..<60 {
            var rest = 0.0
            for p in 0..<order {
                for q in 0..<p { rest += a[p][q] * a[p][q] }
            }
            if rest <= scale * 1e-28 { break }
            for p in 0..<order {
                for q in p + 1..<max(order, p + 1) where a[p][q] != 0 { rotate(&a, p, q) }
            }
        }
        return a.indices.map { a[$0][$0] }.sorted()
    }

    /// The rotation of rows and columns `p` and `q` that makes their common element zero.
    private static func rotate(_ a: inout [[Double]], _ p: Int, _ q: Int) {
        let ratio = (a[q][q] - a[p][p]) / (2 * a[p][q])
        let tangent = (ratio >= 0 ? 1.0 : -1.0) / (abs(ratio) + (1 + ratio * ratio).squareRoot())
        let cosine = 1 / (1 + tangent * tangent).squareRoot()
        let sine = tangent * cosine
        for k in a.indices {
            let (first, second) = (a[k][p], a[k][q])
            a[k][p] = cosine * first - sine * second
            a[k][q] = sine * first + cosine * second
        }
        for k in a.indices {
            let (first, second) = (a[p][k], a[q][k])
            a[p][k] = cosine * first - sine * second
            a[q][k] = sine * first + cosine * second
        }
    }
}
