import Execution
import LinearAlgebra

extension SymmetricMatrix {
    /// Adds the inner products of gradients that share a few rows, `[tasks x tasks]`.
    ///
    /// The inner product of tasks `s` and `t` is `sum over columns of S_s[:, c]^T K S_t[:, c]`, with the `kernel` `K`
    /// `[rows x rows]`. With `K = X X^T + 1` it is that of the gradients `[X 1]^T S` of a dense layer with inputs `X`, which
    /// are so never built. Columns that a task leaves at zero cost it nothing.
    mutating func addProducts(of gradients: [SparseGradient], kernel: Matrix) {
        var readers: [Int: [(task: Int, place: Int)]] = [:]
        for (task, gradient) in gradients.enumerated() {
            for (place, column) in gradient.columns.enumerated() {
                readers[column, default: []].append((task, place))
            }
        }
        for column in readers.keys.sorted() {
            let tasks = readers[column]!
            var slopes = Matrix(rows: kernel.rows, columns: tasks.count)
            for (index, reader) in tasks.enumerated() {
                let values = gradients[reader.task].values
                for row in 0..<kernel.rows { slopes[row, index] = values[row, reader.place] }
            }
            let block = Matrix.product(
                slopes, .transposed, Matrix.product(kernel, .plain, slopes))
            add(block, at: tasks.map(\.task))
        }
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
