extension TransferMatrix {
    /// A map on each of two qubits, `[4 x 4]` row by row.
    package typealias Product = (first: [Double], second: [Double])

    /// The two-qubit channel as a sum of products, as few as there can be.
    ///
    /// By elimination with full pivoting of the matrix whose rows are entries of one qubit and whose columns are those of
    /// the other. A controlled gate has four products, with depolarising noise on both qubits five.
    package var products: [Product] {
        precondition(qubitCount == 2, "products are of two-qubit channels")
        var rest = (0..<256).map { index in
            let (own, other) = (index / 16, index % 16)
            return self[own / 4 + 4 * (other / 4), own % 4 + 4 * (other % 4)]
        }
        let negligible = 1e-13 * rest.reduce(0) { max($0, abs($1)) }
        var products: [Product] = []
        while true {
            let pivot = rest.indices.max { abs(rest[$0]) < abs(rest[$1]) }!
            let value = rest[pivot]
            guard abs(value) > negligible else { return products }
            let first = (0..<16).map { rest[16 * $0 + pivot % 16] }
            let second = (0..<16).map { rest[pivot / 16 * 16 + $0] / value }
            products.append((first, second))
            for row in 0..<16 {
                for column in 0..<16 { rest[16 * row + column] -= first[row] * second[column] }
            }
        }
    }
}
