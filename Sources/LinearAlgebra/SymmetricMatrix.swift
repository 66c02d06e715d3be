import COpenBLAS

/// A small symmetric matrix in double precision, such as the inner products of a few vectors.
public struct SymmetricMatrix: Equatable, Sendable {
    /// The number of rows and of columns.
    public let order: Int
    /// All elements row after row; `order * order` of them.
    public private(set) var elements: [Double]

    /// A matrix of zeros.
    public init(order: Int) {
        self.order = order
        elements = [Double](repeating: 0, count: order * order)
    }

    /// A matrix over its elements, row after row; what differs from its mirror image is averaged with it.
    public init(order: Int, elements: [Double]) {
        precondition(elements.count == order * order, "a symmetric matrix needs order * order elements")
        self.order = order
        self.elements = elements
        for row in 0..<order {
            for column in 0..<row {
                self[row, column] = (elements[row * order + column] + elements[column * order + row]) / 2
            }
        }
    }

    /// The element at `row` and `column`; what is set is set at both places.
    public subscript(row: Int, column: Int) -> Double {
        get { elements[row * order + column] }
        set {
            elements[row * order + column] = newValue
            elements[column * order + row] = newValue
        }
    }

    /// The elements of the diagonal.
    public var diagonal: [Double] { (0..<order).map { self[$0, $0] } }

    /// The rows and columns at `indices`, in that order.
    public func restricted(to indices: [Int]) -> SymmetricMatrix {
        var result = SymmetricMatrix(order: indices.count)
        for (row, from) in indices.enumerated() {
            for (column, to) in indices.enumerated() {
                result.elements[row * indices.count + column] = elements[from * order + to]
            }
        }
        return result
    }

    /// Adds a block, `[indices.count x indices.count]`, at the rows and columns `indices`.
    public mutating func add(_ block: Matrix, at indices: [Int]) {
        precondition(block.rows == indices.count && block.columns == indices.count, "a block fits its place")
        elements.withUnsafeMutableBufferPointer { elements in
            block.elements.withUnsafeBufferPointer { block in
                for (row, first) in indices.enumerated() {
                    for (column, second) in indices.enumerated() where column <= row {
                        // A product of matrices is symmetric only up to rounding.
                        let (below, above) = (
                            block[row * indices.count + column], block[column * indices.count + row]
                        )
                        let value = (Double(below) + Double(above)) / 2
                        elements[first * order + second] += value
                        if column < row { elements[second * order + first] += value }
                    }
                }
            }
        }
    }

    /// Each element multiplied by `factor`.
    public func scaled(by factor: Double) -> SymmetricMatrix {
        var result = self
        for index in result.elements.indices { result.elements[index] *= factor }
        return result
    }

    /// The matrix with `value` added along its diagonal.
    public func addingToDiagonal(_ value: Double) -> SymmetricMatrix {
        var result = self
        for index in 0..<order { result[index, index] += value }
        return result
    }

    /// The product with a vector.
    public func multiplied(by vector: [Double]) -> [Double] {
        precondition(vector.count == order, "a vector has an element for each column")
        return elements.withUnsafeBufferPointer { elements in
            (0..<order).map { row in
                var sum = 0.0
                for column in 0..<order { sum += elements[row * order + column] * vector[column] }
                return sum
            }
        }
    }

    /// The solution `x` of `self x = right`; nil where the matrix is not positive definite.
    public func solving(_ right: [Double]) -> [Double]? {
        precondition(right.count == order, "the right side has an element for each row")
        guard order > 0 else { return [] }
        var (factor, solution, info) = (elements, right, Int32(0))
        var (size, columns) = (Int32(order), Int32(1))
        dposv_("L", &size, &columns, &factor, &size, &solution, &size, &info, 1)
        return info == 0 ? solution : nil
    }

    /// Eigenvalues, ascending, and the eigenvector of each, of length 1.
    public func eigensystem() -> (values: [Double], vectors: [[Double]]) {
        guard order > 0 else { return ([], []) }
        var (matrix, values) = (elements, [Double](repeating: 0, count: order))
        var (size, workSize, info) = (Int32(order), Int32(max(3 * order, 1) * 4), Int32(0))
        var work = [Double](repeating: 0, count: Int(workSize))
        dsyev_("V", "L", &size, &matrix, &size, &values, &work, &workSize, &info, 1, 1)
        precondition(info == 0, "the eigenvalues of a finite symmetric matrix are found")
        return (values, (0..<order).map { Array(matrix[$0 * order..<($0 + 1) * order]) })
    }
}
