extension CircuitDiagram {
    /// The drawing in characters, one line per wire and one between wires; the note follows.
    public var text: String {
        var wireLines = qubits.map { "q\($0)" }
        let labelWidth = wireLines.reduce(0) { max($0, $1.count) }
        wireLines = wireLines.map { String(repeating: " ", count: labelWidth - $0.count) + "\($0): " }
        var gapLines = [String](repeating: String(repeating: " ", count: labelWidth + 2), count: qubits.count)
        for column in 0..<columnCount {
            if column > 0, sections.contains(where: { $0.columns.lowerBound == column }) {
                for wire in qubits.indices {
                    wireLines[wire] += "─┊"
                    gapLines[wire] += " ┊"
                }
            }
            append(column, to: &wireLines, gaps: &gapLines)
        }
        for wire in qubits.indices {
            guard let readout = readouts.first(where: { $0.wires.contains(wire) }) else { continue }
            wireLines[wire] += "─M"
            if readout.wires.first == wire { wireLines[wire] += "  \(readout.task): \(readout.observables)" }
        }
        var lines: [String] = []
        for wire in qubits.indices {
            lines.append(wireLines[wire])
            if wire + 1 < qubits.count { lines.append(Self.trimmed(gapLines[wire])) }
        }
        return (lines + (note.isEmpty ? [] : ["", note])).joined(separator: "\n")
    }

    private func append(_ column: Int, to wireLines: inout [String], gaps gapLines: inout [String]) {
        var cells = [String](repeating: column == ellipsisColumn ? "…" : "", count: qubits.count)
        var connected = [Bool](repeating: false, count: qubits.count)
        for operation in operations where operation.column == column {
            for wire in operation.wires {
                cells[wire] = "┼"
                connected[wire] = wire < operation.wires.upperBound
            }
            for mark in operation.symbols { cells[mark.wire] = Self.characters(mark.symbol) }
        }
        let width = cells.reduce(1) { max($0, $1.count) } + 2
        for wire in qubits.indices {
            wireLines[wire] += Self.centred(cells[wire], width: width, filler: "─")
            gapLines[wire] += Self.centred(connected[wire] ? "│" : "", width: width, filler: " ")
        }
    }

    private static func characters(_ symbol: Symbol) -> String {
        switch symbol {
        case .box(let name, let angle): angle.map { "\(name)(\($0))" } ?? name
        case .control: "●"
        case .target: "⊕"
        }
    }

    private static func centred(_ text: String, width: Int, filler: Character) -> String {
        let left = (width - text.count) / 2
        return String(repeating: filler, count: left) + text
            + String(repeating: filler, count: width - text.count - left)
    }

    private static func trimmed(_ line: String) -> String {
        String(line.reversed().drop { $0 == " " }.reversed())
    }
}
