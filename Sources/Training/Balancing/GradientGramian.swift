import Execution
import LinearAlgebra

extension SymmetricMatrix {
    /// Adds the inner products of gradients that share a few rows, `[tasks x tasks]`.
    ///
    /// The inner product of tasks `s` and `t` is `sum over columns of S_s[:, c]^T K S_t[:, c]`, with the `kernel` `K`
    /// `[rows x rows]`. With `K = X X^T + 1` it is that of the gradients `[X 1]^T S` of a dense layer with inputs `X`, which
    /// are so never built. Columns that a task leaves at zero cost it nothing.
    mutating func addProducts(of gradients: SparseGradients, kernel: Matrix) {
        if let common = gradients.commonColumns {
            return addDenseProducts(of: gradients, columns: common.count, kernel: kernel)
        }
        var readers: [Int: [(task: Int, place: Int)]] = [:]
        for (task, columns) in gradients.columns.enumerated() {
            for (place, column) in columns.enumerated() {
                readers[column, default: []].append((task, place))
            }
        }
        for column in readers.keys.sorted() {
            let tasks = readers[column]!
            var slopes = Matrix(rows: kernel.rows, columns: tasks.count)
            for (index, reader) in tasks.enumerated() {
                let (first, width) = (
                    gradients.starts[reader.task] + reader.place, gradients.columns[reader.task].count
                )
                for row in 0..<kernel.rows { slopes[row, index] = gradients.values[first + row * width] }
            }
            let block = Matrix.product(
                slopes, .transposed, Matrix.product(kernel, .plain, slopes))
            add(block, at: tasks.map(\.task))
        }
    }

    /// The same where all tasks have the same columns: the inner products of `S_s` and `K S_t` as one product of matrices.
    private mutating func addDenseProducts(of gradients: SparseGradients, columns: Int, kernel: Matrix) {
        let rows = kernel.rows
        guard rows > 0, columns > 0 else { return }
        var images = [Float](repeating: 0, count: gradients.values.count)
        images.withUnsafeMutableBufferPointer { images in
            gradients.values.withUnsafeBufferPointer { values in
                kernel.elements.withUnsafeBufferPointer { kernel in
                    nonisolated(unsafe) let (images, values, kernel) = (
                        images.baseAddress!, values.baseAddress!, kernel.baseAddress!
                    )
                    ThreadTeam.allCores.forEach(order) { task, _ in
                        Float.multiplyOnce(
                            rows, columns, rows, MatrixFactor(kernel, stride: rows),
                            MatrixFactor(values + gradients.starts[task], stride: columns), beta: 0,
                            output: images + gradients.starts[task], stride: columns)
                    }
                }
            }
        }
        let size = rows * columns
        let block = Matrix.product(
            Matrix(rows: order, columns: size, elements: gradients.values), .plain,
            Matrix(rows: order, columns: size, elements: images), .transposed)
        add(block, at: Array(0..<order))
    }

    /// The cosine of each pair of gradients; 0 where one of them vanishes.
    var cosines: SymmetricMatrix {
        var result = self
        for row in 0..<order {
            for column in 0...row {
                let lengths = (self[row, row] * self[column, column]).squareRoot()
                result[row, column] = lengths > 0 ? min(max(self[row, column] / lengths, -1), 1) : 0
            }
        }
        return result
    }
}
