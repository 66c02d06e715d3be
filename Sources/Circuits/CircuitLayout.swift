/// The gates of a circuit arranged into columns, each gate as soon as its qubits are free.
public struct CircuitLayout: Hashable, Sendable {
    /// What keeps two gates out of one column.
    public enum Spacing: Hashable, Sendable {
        /// A common qubit: columns are time steps of a device that runs gates in parallel.
        case qubits
        /// A common qubit or a crossed line: columns can be drawn.
        case lines
    }

    /// The columns, first to last; within a column in the order of the circuit.
    public private(set) var columns: [[Gate]] = []

    /// The layout of `circuit`.
    public init(of circuit: Circuit, spacing: Spacing = .qubits) {
        var frontier = LayoutFrontier(qubitCount: circuit.qubitCount, spacing: spacing)
        for gate in circuit.gates {
            let column = frontier.place(gate)
            if column == columns.count { columns.append([]) }
            columns[column].append(gate)
        }
    }

    /// The number of columns.
    public var depth: Int { columns.count }
}

/// The first free column of every qubit while gates are placed one after the other.
struct LayoutFrontier {
    /// The number of columns so far.
    private(set) var depth = 0
    private let spacing: CircuitLayout.Spacing
    private var firstFree: [Int]

    init(qubitCount: Int, spacing: CircuitLayout.Spacing) {
        self.spacing = spacing
        firstFree = Array(repeating: 0, count: qubitCount)
    }

    /// Places a gate and returns its column.
    mutating func place(_ gate: Gate) -> Int {
        let qubits = gate.qubits
        let taken =
            switch spacing {
            case .qubits: qubits
            case .lines: Array(qubits.min()!...qubits.max()!)
            }
        let column = taken.reduce(0) { max($0, firstFree[$1]) }
        for qubit in taken { firstFree[qubit] = column + 1 }
        depth = max(depth, column + 1)
        return column
    }
}
