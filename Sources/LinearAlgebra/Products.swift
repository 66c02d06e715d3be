extension Matrix {
    /// Whether a factor of a product is used as it is or transposed.
    public enum Orientation: Sendable {
        /// The factor as stored.
        case plain
        /// The factor's transpose, without copying.
        case transposed
    }

    /// The product of two matrices, each optionally transposed, through OpenBLAS.
    public static func product(
        _ left: Matrix, _ leftOrientation: Orientation = .plain, _ right: Matrix,
        _ rightOrientation: Orientation = .plain
    ) -> Matrix {
        let (m, k) = leftOrientation == .plain ? (left.rows, left.columns) : (left.columns, left.rows)
        let (inner, n) =
            rightOrientation == .plain ? (right.rows, right.columns) : (right.columns, right.rows)
        precondition(k == inner, "inner dimensions of a product must agree")
        var result = Matrix(rows: m, columns: n)
        guard m > 0, n > 0, k > 0 else { return result }
        left.elements.withUnsafeBufferPointer { leftElements in
            right.elements.withUnsafeBufferPointer { rightElements in
                result.elements.withUnsafeMutableBufferPointer { output in
                    Float.multiply(
                        m, n, k,
                        MatrixFactor(
                            leftElements.baseAddress!, stride: left.columns,
                            transposed: leftOrientation == .transposed),
                        MatrixFactor(
                            rightElements.baseAddress!, stride: right.columns,
                            transposed: rightOrientation == .transposed),
                        output: output.baseAddress!, stride: n, team: ProductThreads.team)
                }
            }
        }
        return result
    }

    /// Adds `vector` to every row.
    public mutating func addToRows(_ vector: some Collection<Float>) {
        precondition(vector.count == columns, "the vector must have one element per column")
        let addend = Array(vector)
        elements.withUnsafeMutableBufferPointer { values in
            for row in 0..<rows {
                for column in 0..<columns { values[row * columns + column] += addend[column] }
            }
        }
    }

    /// The sum over rows: one value per column.
    public func columnSums() -> [Float] {
        var sums = [Float](repeating: 0, count: columns)
        elements.withUnsafeBufferPointer { values in
            for row in 0..<rows {
                for column in 0..<columns { sums[column] += values[row * columns + column] }
            }
        }
        return sums
    }
}
