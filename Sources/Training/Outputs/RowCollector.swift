import LinearAlgebra
import Synchronization

/// A matrix that is filled row range by row range, from any thread.
///
/// A backend asks for the cotangent of parts of a batch, in an order of its own; what is computed on the way is collected
/// here, so that sums over it do not depend on that order.
final class RowCollector: Sendable {
    private let rows: Mutex<Matrix>

    /// A matrix of zeros.
    init(rows: Int, columns: Int) {
        self.rows = Mutex(Matrix(rows: rows, columns: columns))
    }

    /// Puts `part` at the rows `range`.
    func store(_ part: Matrix, at range: Range<Int>) {
        rows.withLock { rows in
            precondition(part.columns == rows.columns && part.rows == range.count, "a part fits its place")
            let start = range.lowerBound * rows.columns
            rows.elements.replaceSubrange(start..<start + part.elements.count, with: part.elements)
        }
    }

    /// All rows.
    var matrix: Matrix { rows.withLock { $0 } }
}
