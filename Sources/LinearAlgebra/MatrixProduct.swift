import COpenBLAS

/// One factor of a product of matrices that lie in memory row after row.
///
/// Sendable because it is only read, while its owner waits for the product.
package struct MatrixFactor<Scalar>: @unchecked Sendable {
    /// The first element.
    let pointer: UnsafePointer<Scalar>
    /// The distance between rows in memory.
    let stride: Int
    /// Whether the transpose is meant.
    let isTransposed: Bool

    /// A factor at `pointer`.
    package init(_ pointer: UnsafePointer<Scalar>, stride: Int, transposed: Bool = false) {
        self.pointer = pointer
        self.stride = stride
        isTransposed = transposed
    }

    /// The factor from row `row` and column `column` on, as it is meant.
    fileprivate func from(row: Int, column: Int) -> MatrixFactor {
        let offset = isTransposed ? column * stride + row : row * stride + column
        return MatrixFactor(pointer + offset, stride: stride, transposed: isTransposed)
    }

    fileprivate var orientation: CBLAS_TRANSPOSE { isTransposed ? CblasTrans : CblasNoTrans }
}

/// A precision that OpenBLAS multiplies in.
package protocol MatrixScalar: BinaryFloatingPoint, Sendable {
    /// `output = left right + beta output` on the calling thread, `[m x n]` from `[m x k]` and `[k x n]`.
    static func multiplyOnce(
        _ m: Int, _ n: Int, _ k: Int, _ left: MatrixFactor<Self>, _ right: MatrixFactor<Self>, beta: Self,
        output: UnsafeMutablePointer<Self>, stride: Int)
}

extension MatrixScalar {
    /// `output = left right + beta output`, `[m x n]` from `[m x k]` and `[k x n]`, on the threads of `team`.
    ///
    /// A large product is cut into panels of a fixed size, so the result does not depend on the number of threads.
    package static func multiply(
        _ m: Int, _ n: Int, _ k: Int, _ left: MatrixFactor<Self>, _ right: MatrixFactor<Self>, beta: Self = 0,
        output: UnsafeMutablePointer<Self>, stride: Int, team: ThreadTeam
    ) {
        guard m * n * k >= 1 << 20 else {
            multiplyOnce(m, n, k, left, right, beta: beta, output: output, stride: stride)
            return
        }
        // Tall enough for OpenBLAS to be worth packing the other factor anew, and at least two of them.
        let panelRows = min(128, max(32, (m / 2 + 15) / 16 * 16))
        let panelColumns = 256
        let columnPanels = (n + panelColumns - 1) / panelColumns
        nonisolated(unsafe) let output = output
        team.forEach((m + panelRows - 1) / panelRows * columnPanels) { panel, _ in
            let row = panel / columnPanels * panelRows
            let column = panel % columnPanels * panelColumns
            multiplyOnce(
                min(panelRows, m - row), min(panelColumns, n - column), k, left.from(row: row, column: 0),
                right.from(row: 0, column: column), beta: beta, output: output + row * stride + column,
                stride: stride)
        }
    }
}

/// OpenBLAS computes each call on the thread that makes it: its own threads would spin and take the cores from ours.
private let singleThreaded: Void = openblas_set_num_threads(1)

extension Float: MatrixScalar {
    /// `output = left right + beta output` on the calling thread.
    package static func multiplyOnce(
        _ m: Int, _ n: Int, _ k: Int, _ left: MatrixFactor<Float>, _ right: MatrixFactor<Float>, beta: Float,
        output: UnsafeMutablePointer<Float>, stride: Int
    ) {
        _ = singleThreaded
        cblas_sgemm(
            CblasRowMajor, left.orientation, right.orientation, Int32(m), Int32(n), Int32(k), 1, left.pointer,
            Int32(left.stride), right.pointer, Int32(right.stride), beta, output, Int32(stride))
    }
}

extension Double: MatrixScalar {
    /// `output = left right + beta output` on the calling thread.
    package static func multiplyOnce(
        _ m: Int, _ n: Int, _ k: Int, _ left: MatrixFactor<Double>, _ right: MatrixFactor<Double>,
        beta: Double,
        output: UnsafeMutablePointer<Double>, stride: Int
    ) {
        _ = singleThreaded
        cblas_dgemm(
            CblasRowMajor, left.orientation, right.orientation, Int32(m), Int32(n), Int32(k), 1, left.pointer,
            Int32(left.stride), right.pointer, Int32(right.stride), beta, output, Int32(stride))
    }
}
