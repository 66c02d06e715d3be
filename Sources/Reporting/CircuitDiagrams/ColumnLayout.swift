/// Places gates as far left as the wires they cross allow.
struct ColumnLayout {
    private let wires: [Int: Int]
    private var nextColumn: [Int]
    private(set) var operations: [CircuitDiagram.Operation] = []
    private(set) var sections: [CircuitDiagram.Section] = []
    private(set) var ellipsisColumn: Int?

    /// A layout of `qubits`, top to bottom.
    init(qubits: [Int]) {
        wires = Dictionary(uniqueKeysWithValues: qubits.enumerated().map { ($1, $0) })
        nextColumn = [Int](repeating: 0, count: qubits.count)
    }

    /// The columns used so far.
    var columnCount: Int { nextColumn.max() ?? 0 }

    /// Starts a section: its gates stand to the right of all before.
    mutating func beginSection(_ name: String) {
        let start = columnCount
        nextColumn = nextColumn.map { _ in start }
        sections.append(CircuitDiagram.Section(name: name, columns: start..<start))
    }

    /// Places a gate; one that reaches a qubit that is not drawn is left out.
    mutating func place(_ symbols: [(qubit: Int, symbol: CircuitDiagram.Symbol)]) {
        let marks = symbols.compactMap { entry in
            wires[entry.qubit].map { CircuitDiagram.Mark(wire: $0, symbol: entry.symbol) }
        }
        guard marks.count == symbols.count, !marks.isEmpty else { return }
        let operation = CircuitDiagram.Operation(
            column: 0, symbols: marks.sorted { $0.wire < $1.wire })
        let column = operation.wires.reduce(0) { max($0, nextColumn[$1]) }
        operations.append(CircuitDiagram.Operation(column: column, symbols: operation.symbols))
        for wire in operation.wires { nextColumn[wire] = column + 1 }
        closeSection()
    }

    /// Keeps the first `limit` columns and puts one for all others behind them.
    mutating func cut(at limit: Int) {
        operations.removeAll { $0.column >= limit }
        ellipsisColumn = limit
        nextColumn = nextColumn.map { _ in limit + 1 }
        closeSection()
    }

    private mutating func closeSection() {
        guard let last = sections.last else { return }
        sections[sections.count - 1] = CircuitDiagram.Section(
            name: last.name, columns: last.columns.lowerBound..<columnCount)
    }
}
