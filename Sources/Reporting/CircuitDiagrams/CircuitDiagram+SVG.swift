import Circuits

extension CircuitDiagram {
    private static let rowHeight = 44.0
    private static let columnWidth = 42.0
    private static let sectionGap = 16.0
    private static let left = 46.0
    private static let top = 42.0

    /// The picture as an SVG file with its own colours, light and dark.
    public var svg: String { picture(standalone: true).rendered + "\n" }

    /// The picture for a page whose style sheet has the colours.
    var figure: Markup { picture(standalone: false) }

    private func picture(standalone: Bool) -> Markup {
        var gates: [Markup] = []
        var x = Self.left
        for (index, section) in sections.enumerated() {
            gates += marks(of: section, from: x, isFirst: index == 0)
            x += Self.width(of: section)
        }
        let labelWidth = readouts.reduce(0) { max($0, max(min($1.task.count, 24), $1.observables.count)) }
        let (width, height) = (x + 56 + Double(labelWidth) * Plot.letterWidth, bottom + 2)
        var marks: [Markup] = [
            Markup("title", text: "Circuit"),
            Markup("desc", text: note.isEmpty ? "The circuit, in full." : note),
        ]
        if standalone { marks.append(.styleSheet(StyleSheet.figure)) }
        for (wire, qubit) in qubits.enumerated() {
            marks.append(
                Plot.text(
                    "q" + subscripted(qubit), x: Self.left - 10, y: y(wire) + 4, anchor: "end", kind: "tick"))
            marks.append(Plot.line(x1: Self.left, y1: y(wire), x2: x, y2: y(wire), kind: "wire"))
        }
        marks += gates
        for readout in readouts { marks += readoutMarks(readout, x: x) }
        return Markup(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 \(pixels(width)) \(pixels(height))",
                "width": pixels(width), "height": pixels(height), "role": "img", "class": "circuit",
            ], marks)
    }

    private var bottom: Double { Self.top + Self.rowHeight * Double(qubits.count) }

    private func y(_ wire: Int) -> Double { Self.top + Self.rowHeight * (Double(wire) + 0.5) - 6 }

    private static func width(of section: Section) -> Double {
        sectionGap + columnWidth * Double(section.columns.count + (section.omittedColumns > 0 ? 1 : 0))
    }

    private func marks(of section: Section, from start: Double, isFirst: Bool) -> [Markup] {
        func x(_ column: Int) -> Double {
            start + Self.sectionGap / 2 + Self.columnWidth * (Double(column) + 0.5)
        }
        var marks = [Plot.text(section.name, x: start + (isFirst ? 0 : 8), y: 18, kind: "section")]
        if !isFirst { marks.append(Plot.line(x1: start, y1: 8, x2: start, y2: bottom, kind: "section-rule")) }
        for (column, gates) in section.columns.enumerated() {
            for gate in gates { marks += gateMarks(gate, x: x(column)) }
        }
        guard section.omittedColumns > 0 else { return marks }
        let end = x(section.columns.count)
        for wire in qubits.indices {
            marks.append(
                Markup(
                    "rect",
                    [
                        "x": pixels(end - 12), "y": pixels(y(wire) - 8), "width": "24", "height": "16",
                        "class": "blank",
                    ]))
            marks.append(Plot.text("…", x: end, y: y(wire) + 2, anchor: "middle"))
        }
        marks.append(Plot.text("+\(section.omittedColumns)", x: end, y: 34, anchor: "middle", kind: "tick"))
        return marks
    }

    private func gateMarks(_ gate: Gate, x: Double) -> [Markup] {
        let symbols = GateSymbol.symbols(of: gate)
        var marks: [Markup] = []
        if let first = gate.qubits.min(), let last = gate.qubits.max(), first < last {
            marks.append(Plot.line(x1: x, y1: y(first), x2: x, y2: y(last), kind: "link"))
        }
        for (wire, symbol) in symbols { marks += symbol.marks(x: x, y: y(wire)) }
        return marks
    }

    private func readoutMarks(_ readout: Readout, x: Double) -> [Markup] {
        guard let first = readout.wires.first, let last = readout.wires.last else { return [] }
        var marks = readout.wires.flatMap { Self.meter(x: x, y: y($0)) }
        if last > first {
            let outline = "M\(pixels(x + 34)) \(pixels(y(first) - 9))h4V\(pixels(y(last) + 9))h-4"
            marks.append(Markup("path", ["d": outline, "class": "needle"]))
        }
        let middle = (y(first) + y(last)) / 2
        let name = readout.task.count > 24 ? String(readout.task.prefix(23)) + "…" : readout.task
        marks.append(Plot.text(name, x: x + 46, y: middle - 3))
        marks.append(Plot.text(readout.observables, x: x + 46, y: middle + 12, kind: "tick"))
        return marks
    }

    private static func meter(x: Double, y: Double) -> [Markup] {
        let centre = x + 14
        let dial = """
            M\(pixels(centre - 8)) \(pixels(y + 5))A8 8 0 0 1 \(pixels(centre + 8)) \(pixels(y + 5))\
            M\(pixels(centre)) \(pixels(y + 5))L\(pixels(centre + 5)) \(pixels(y - 6))
            """
        return [
            Markup(
                "rect",
                [
                    "x": pixels(x), "y": pixels(y - 11), "width": "28", "height": "22", "rx": "3",
                    "class": "box meter",
                ]),
            Markup("path", ["d": dial, "class": "needle"]),
        ]
    }
}
