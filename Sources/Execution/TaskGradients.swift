import LinearAlgebra

/// Expectation values and the gradients of each task's share of a scalar loss.
///
/// A task's share is what its own readouts contribute: the gradient with the cotangents of all other tasks at zero.
public struct TaskGradients: Sendable {
    /// Expectation values, `[samples x readouts]`.
    public var expectations: Matrix
    /// The gradient of the feature angles for each task, a row per sample.
    public var features: [SparseGradient]
    /// The gradient of the encoding's trainable angles for each task, one row summed over samples.
    public var encoding: [SparseGradient]
    /// The gradient of all trainable angles, summed over samples and tasks; those of a block belong to one task alone.
    public var parameters: [Float]

    /// Known gradients.
    public init(
        expectations: Matrix, features: [SparseGradient], encoding: [SparseGradient], parameters: [Float]
    ) {
        self.expectations = expectations
        self.features = features
        self.encoding = encoding
        self.parameters = parameters
    }
}

/// The columns of a gradient that can differ from zero.
public struct SparseGradient: Sendable, Equatable {
    /// The columns, each once.
    public let columns: [Int]
    /// Their values, `[rows x columns.count]`.
    public var values: Matrix

    /// The gradient `values` at `columns`.
    public init(columns: [Int], values: Matrix) {
        precondition(columns.count == values.columns, "a gradient has values for each column")
        self.columns = columns
        self.values = values
    }

    /// The given columns of a whole gradient.
    public init(_ gradient: Matrix, columns: [Int]) {
        self.columns = columns
        values = Matrix(
            rows: gradient.rows, columns: columns.count,
            elements: (0..<gradient.rows).flatMap { row in columns.map { gradient[row, $0] } })
    }

    /// Adds `factor` times the gradient to a whole one.
    public func add(_ factor: Float, to total: inout Matrix) {
        precondition(total.rows == values.rows, "both gradients have the same rows")
        let (rows, width) = (values.rows, total.columns)
        total.elements.withUnsafeMutableBufferPointer { total in
            values.elements.withUnsafeBufferPointer { values in
                for row in 0..<rows {
                    for (index, column) in columns.enumerated() {
                        total[row * width + column] += factor * values[row * columns.count + index]
                    }
                }
            }
        }
    }
}
