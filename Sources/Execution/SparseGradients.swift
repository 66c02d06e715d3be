import LinearAlgebra

/// The gradients of several tasks, of each only the columns that can differ from zero.
///
/// All lie in one array, so that their number costs no allocations.
public struct SparseGradients: Sendable, Equatable {
    /// The number of rows of each gradient.
    public let rows: Int
    /// The columns of each task's gradient, each once.
    public let columns: [[Int]]
    /// Where each task's values start, and behind them how many there are.
    public let starts: [Int]
    /// The values task after task, each `[rows x columns[task].count]`.
    public var values: [Float]

    /// Gradients that are zero.
    public init(rows: Int, columns: [[Int]]) {
        self.rows = rows
        self.columns = columns
        starts = Self.starts(rows: rows, columns: columns)
        values = [Float](repeating: 0, count: starts.last!)
    }

    /// Known gradients.
    public init(rows: Int, columns: [[Int]], values: [Float]) {
        self.rows = rows
        self.columns = columns
        self.values = values
        starts = Self.starts(rows: rows, columns: columns)
        precondition(starts.last == values.count, "gradients have values for each row and column")
    }

    private static func starts(rows: Int, columns: [[Int]]) -> [Int] {
        var starts = [0]
        starts.reserveCapacity(columns.count + 1)
        for task in columns { starts.append(starts.last! + rows * task.count) }
        return starts
    }

    /// One task's values, `[rows x columns[task].count]`.
    public subscript(task: Int) -> Matrix {
        get {
            Matrix(
                rows: rows, columns: columns[task].count,
                elements: Array(values[starts[task]..<starts[task + 1]]))
        }
        set {
            precondition(
                newValue.rows == rows && newValue.columns == columns[task].count, "a gradient keeps its shape"
            )
            values.replaceSubrange(starts[task]..<starts[task + 1], with: newValue.elements)
        }
    }

    /// The columns that all tasks have in common where no task has any other; nil elsewhere.
    public var commonColumns: [Int]? {
        guard let first = columns.first, columns.allSatisfy({ $0 == first }) else { return nil }
        return first
    }

    /// The gradients without the columns that are not `kept`.
    public func restricted(_ kept: (_ column: Int) -> Bool) -> SparseGradients {
        if columns.allSatisfy({ $0.allSatisfy(kept) }) { return self }
        var values: [Float] = []
        for (task, columns) in columns.enumerated() {
            for row in 0..<rows {
                for (index, column) in columns.enumerated() where kept(column) {
                    values.append(self.values[starts[task] + row * columns.count + index])
                }
            }
        }
        return SparseGradients(rows: rows, columns: columns.map { $0.filter(kept) }, values: values)
    }

    /// Adds `factor` times a task's gradient to a whole one.
    public func add(_ task: Int, times factor: Float, to total: inout Matrix) {
        precondition(total.rows == rows, "both gradients have the same rows")
        let (width, columns, start) = (total.columns, columns[task], starts[task])
        total.elements.withUnsafeMutableBufferPointer { total in
            values.withUnsafeBufferPointer { values in
                for row in 0..<rows {
                    for (index, column) in columns.enumerated() {
                        total[row * width + column] += factor * values[start + row * columns.count + index]
                    }
                }
            }
        }
    }
}
