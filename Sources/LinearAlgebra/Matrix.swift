/// A dense matrix of single-precision numbers, `[rows x columns]`, stored row after row.
public struct Matrix: Equatable, Sendable {
    /// The number of rows.
    public let rows: Int
    /// The number of columns.
    public let columns: Int
    /// All elements in row-major order; `rows * columns` of them.
    public var elements: [Float]

    /// A matrix whose elements are all `value`.
    public init(rows: Int, columns: Int, repeating value: Float = 0) {
        self.rows = rows
        self.columns = columns
        elements = [Float](repeating: value, count: rows * columns)
    }

    /// A matrix over `elements`, given row after row.
    public init(rows: Int, columns: Int, elements: [Float]) {
        precondition(elements.count == rows * columns, "a matrix needs rows * columns elements")
        self.rows = rows
        self.columns = columns
        self.elements = elements
    }

    /// A matrix from its rows, all of one length.
    public init(rows: [[Float]]) {
        self.init(rows: rows.count, columns: rows.first?.count ?? 0, elements: rows.flatMap { $0 })
    }

    /// The element at `row` and `column`.
    @inlinable
    public subscript(row: Int, column: Int) -> Float {
        get { elements[row * columns + column] }
        set { elements[row * columns + column] = newValue }
    }

    /// One row as a slice of the elements.
    public func row(_ index: Int) -> ArraySlice<Float> {
        elements[index * columns..<(index + 1) * columns]
    }

    /// One column, copied.
    public func column(_ index: Int) -> [Float] {
        (0..<rows).map { self[$0, index] }
    }

    /// The rows at `indices`, in that order: `[indices.count x columns]`.
    public func gathering(rows indices: some Collection<Int>) -> Matrix {
        var gathered: [Float] = []
        gathered.reserveCapacity(indices.count * columns)
        for index in indices { gathered.append(contentsOf: row(index)) }
        return Matrix(rows: indices.count, columns: columns, elements: gathered)
    }

    /// The columns at `indices`, in that order: `[rows x indices.count]`.
    public func gathering(columns indices: [Int]) -> Matrix {
        var gathered = Matrix(rows: rows, columns: indices.count)
        for row in 0..<rows {
            for (place, column) in indices.enumerated() { gathered[row, place] = self[row, column] }
        }
        return gathered
    }

    /// A contiguous range of rows, copied: `[range.count x columns]`.
    public func slice(rows range: Range<Int>) -> Matrix {
        Matrix(
            rows: range.count, columns: columns,
            elements: Array(elements[range.lowerBound * columns..<range.upperBound * columns]))
    }

    /// Each element replaced by `transform` of it.
    public func map(_ transform: (Float) -> Float) -> Matrix {
        Matrix(rows: rows, columns: columns, elements: elements.map(transform))
    }
}
