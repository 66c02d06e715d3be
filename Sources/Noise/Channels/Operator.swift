import Numerics

/// A complex square matrix on one or two qubits; the first qubit is the least significant bit of an index.
public struct Operator: Hashable, Sendable {
    /// One entry.
    public typealias Entry = Complex<Double>

    /// The number of rows.
    public let dimension: Int
    /// The entries, row by row.
    public private(set) var entries: [Entry]

    /// A matrix of `dimension * dimension` entries, row by row.
    public init(dimension: Int, entries: [Entry]) {
        precondition(entries.count == dimension * dimension, "a square matrix")
        self.dimension = dimension
        self.entries = entries
    }

    /// A matrix whose entries are functions of row and column.
    init(dimension: Int, _ entry: (_ row: Int, _ column: Int) -> Entry) {
        self.dimension = dimension
        entries = (0..<dimension * dimension).map { entry($0 / dimension, $0 % dimension) }
    }

    /// The entry in a row and a column.
    public subscript(row: Int, column: Int) -> Entry { entries[row * dimension + column] }

    /// The conjugate transpose.
    var adjoint: Operator { Operator(dimension: dimension) { self[$1, $0].conjugate } }

    /// The sum of the diagonal.
    var trace: Entry { (0..<dimension).reduce(.zero) { $0 + self[$1, $1] } }

    /// The matrix product.
    static func * (left: Operator, right: Operator) -> Operator {
        Operator(dimension: left.dimension) { row, column in
            (0..<left.dimension).reduce(.zero) { $0 + left[row, $1] * right[$1, column] }
        }
    }

    /// The matrix with every entry multiplied by a number.
    static func * (factor: Entry, matrix: Operator) -> Operator {
        Operator(dimension: matrix.dimension, entries: matrix.entries.map { factor * $0 })
    }

    /// The sum.
    static func + (left: Operator, right: Operator) -> Operator {
        Operator(dimension: left.dimension, entries: zip(left.entries, right.entries).map { $0 + $1 })
    }

    /// The product Pauli operator with that index: one base-4 digit (I, X, Y, Z) a qubit, the first qubit's lowest.
    static func pauli(_ index: Int, qubitCount: Int) -> Operator {
        Operator(dimension: 1 << qubitCount) { row, column in
            (0..<qubitCount).reduce(.one) { product, qubit in
                let (up, down) = (row >> qubit & 1, column >> qubit & 1)
                switch index >> (2 * qubit) & 3 {
                case 0: return up == down ? product : .zero
                case 1: return up != down ? product : .zero
                case 2: return up == down ? .zero : up == 1 ? product * .i : -product * .i
                default: return up != down ? .zero : up == 1 ? -product : product
                }
            }
        }
    }
}
