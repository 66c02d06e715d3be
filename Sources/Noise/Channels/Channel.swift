import Numerics

/// What noise does to one or two qubits: a completely positive map that preserves the trace.
public struct Channel: Hashable, Sendable {
    /// The number of qubits acted on, 1 or 2.
    public let qubitCount: Int
    /// The operators `K` of `rho -> sum K rho K^dagger`.
    public let krausOperators: [Operator]
    /// The same map on the expectation values of Pauli operators.
    public let transfer: TransferMatrix

    /// How far `sum K^dagger K` may be from the identity, entry by entry: what rounding of written numbers leaves.
    static let traceTolerance = 1e-6

    /// The channel with the given operators, all of two or all of four rows.
    /// - Throws: `NoiseError.notTracePreserving`, `.differentOperators`.
    public init(krausOperators: [Operator]) throws(NoiseError) {
        let dimensions = Set(krausOperators.map(\.dimension))
        guard dimensions == [2] || dimensions == [4] else { throw .differentOperators }
        let sum = krausOperators.dropFirst().reduce(krausOperators[0].adjoint * krausOperators[0]) {
            $0 + $1.adjoint * $1
        }
        var deviation = 0.0
        for row in 0..<sum.dimension {
            for column in 0..<sum.dimension {
                deviation = max(deviation, (sum[row, column] - (row == column ? .one : .zero)).length)
            }
        }
        guard deviation <= Self.traceTolerance else { throw .notTracePreserving(deviation: deviation) }
        self.init(known: krausOperators)
    }

    /// A channel whose operators are known to preserve the trace.
    init(known krausOperators: [Operator]) {
        self.krausOperators = krausOperators
        qubitCount = krausOperators[0].dimension == 2 ? 1 : 2
        transfer = TransferMatrix(krausOperators: krausOperators, qubitCount: qubitCount)
    }

    /// The average fidelity to the identity over pure states.
    public var averageFidelity: Double {
        let dimension = Double(1 << qubitCount)
        return (dimension * transfer.processFidelity + 1) / (dimension + 1)
    }
}
