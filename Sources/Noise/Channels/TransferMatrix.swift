/// A channel on one or two qubits in the Pauli basis: how the expectation values of Pauli operators change.
///
/// Entry `(i, j)` is `Tr(P_i C(P_j)) / 2^k`. An index has one base-4 digit (I, X, Y, Z) a qubit, the first qubit's lowest.
/// The matrix is real, and its first row is `(1, 0, ..., 0)` because channels preserve the trace.
public struct TransferMatrix: Hashable, Sendable {
    /// The number of qubits, 1 or 2.
    public let qubitCount: Int
    /// The entries, row by row, `[4^k x 4^k]`.
    public private(set) var entries: [Double]

    /// The number of rows.
    public var dimension: Int { 1 << (2 * qubitCount) }

    /// The transfer matrix of `rho -> sum K rho K^dagger`.
    init(krausOperators: [Operator], qubitCount: Int) {
        self.qubitCount = qubitCount
        let count = 1 << (2 * qubitCount)
        let paulis = (0..<count).map { Operator.pauli($0, qubitCount: qubitCount) }
        entries = Array(repeating: 0, count: count * count)
        for column in 0..<count {
            var image = Operator(dimension: 1 << qubitCount) { _, _ in .zero }
            for kraus in krausOperators { image = image + kraus * paulis[column] * kraus.adjoint }
            for row in 0..<count {
                let value = (paulis[row] * image).trace.real / Double(1 << qubitCount)
                entries[row * count + column] = abs(value) < 1e-15 ? 0 : value
            }
        }
    }

    private init(qubitCount: Int, entries: [Double]) {
        self.qubitCount = qubitCount
        self.entries = entries
    }

    /// The transfer matrix that changes nothing.
    public static func identity(qubitCount: Int) -> TransferMatrix {
        let count = 1 << (2 * qubitCount)
        return TransferMatrix(
            qubitCount: qubitCount,
            entries: (0..<count * count).map { $0 / count == $0 % count ? 1 : 0 })
    }

    /// The entry in a row and a column.
    public subscript(row: Int, column: Int) -> Double { entries[row * dimension + column] }

    /// The channel `second` behind the channel `first`.
    public static func * (second: TransferMatrix, first: TransferMatrix) -> TransferMatrix {
        let count = first.dimension
        var entries = [Double](repeating: 0, count: count * count)
        for row in 0..<count {
            for inner in 0..<count where second[row, inner] != 0 {
                for column in 0..<count {
                    entries[row * count + column] += second[row, inner] * first[inner, column]
                }
            }
        }
        return TransferMatrix(qubitCount: first.qubitCount, entries: entries)
    }

    /// The one-qubit channel as a channel on two qubits, of which it acts on one.
    public func onPair(position: Int) -> TransferMatrix {
        let entries = (0..<256).map { index -> Double in
            let (row, column) = (index / 16, index % 16)
            let (own, other) = position == 0 ? (0, 2) : (2, 0)
            guard row >> other & 3 == column >> other & 3 else { return 0 }
            return self[row >> own & 3, column >> own & 3]
        }
        return TransferMatrix(qubitCount: 2, entries: entries)
    }

    /// The two-qubit channel with its qubits exchanged.
    public var exchanged: TransferMatrix {
        func swap(_ index: Int) -> Int { index >> 2 | (index & 3) << 2 }
        return TransferMatrix(
            qubitCount: 2, entries: (0..<256).map { self[swap($0 / 16), swap($0 % 16)] })
    }

    /// What the two-qubit channel does to one of its qubits, where `reach` says that the other has no part in it.
    public func marginal(position: Int) -> TransferMatrix {
        TransferMatrix(
            qubitCount: 1,
            entries: (0..<16).map { self[($0 / 4) << (2 * position), ($0 % 4) << (2 * position)] })
    }

    /// The process fidelity to the identity, `Tr(R) / 4^k`.
    var processFidelity: Double {
        (0..<dimension).reduce(0) { $0 + self[$1, $1] } / Double(dimension)
    }
}
