extension CircuitDiagram {
    private static let rowHeight = 44.0
    private static let columnWidth = 42.0
    private static let boxWidth = 34.0
    private static let boxHeight = 32.0
    private static let left = 40.0
    private static let top = 48.0

    /// The drawing as an SVG file with its own colours, light and dark.
    public var svg: String { picture(styled: true).rendered + "\n" }

    /// The drawing for a page whose style sheet has the colours.
    var figure: Markup { picture(styled: false) }

    private func picture(styled: Bool) -> Markup {
        let wireEnd = Self.left + Self.columnWidth * Double(columnCount) + 12
        let labelWidth = readouts.reduce(0) { max($0, max(min($1.task.count, 24), $1.observables.count)) }
        let width = wireEnd + 48 + Double(labelWidth) * Plot.letterWidth + 8
        let height = Self.top + Self.rowHeight * Double(qubits.count)
        var marks: [Markup] = [
            Markup("title", text: "Circuit"),
            Markup("desc", text: note.isEmpty ? "The circuit, drawn in full." : note),
        ]
        if styled { marks.append(.styleSheet(StyleSheet.figure)) }
        for (wire, qubit) in qubits.enumerated() {
            marks.append(
                Plot.text(
                    "q" + subscripted(qubit), x: Self.left - 10, y: y(wire) + 4, anchor: "end", kind: "tick"))
            marks.append(Plot.line(x1: Self.left, y1: y(wire), x2: wireEnd, y2: y(wire), kind: "wire"))
        }
        marks += sectionMarks(bottom: height - 4)
        marks += ellipsisMarks
        for operation in operations { marks += Self.marks(operation, x: x(operation.column), y: y) }
        for readout in readouts { marks += readoutMarks(readout, x: wireEnd) }
        return Markup(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 \(pixels(width)) \(pixels(height))",
                "width": pixels(width), "height": pixels(height), "role": "img", "class": "circuit",
            ], marks)
    }

    private func x(_ column: Int) -> Double { Self.left + 6 + Self.columnWidth * (Double(column) + 0.5) }

    private func y(_ wire: Int) -> Double { Self.top + Self.rowHeight * (Double(wire) + 0.5) - 6 }

    private func sectionMarks(bottom: Double) -> [Markup] {
        sections.flatMap { section -> [Markup] in
            let start = Self.left + 6 + Self.columnWidth * Double(section.columns.lowerBound)
            // A name wider than its columns is no harm: there is room above the readouts.
            var marks = [Plot.text(section.name, x: start + 4, y: 18, kind: "section")]
            if section.columns.lowerBound > 0 {
                marks.append(Plot.line(x1: start, y1: 8, x2: start, y2: bottom, kind: "section-rule"))
            }
            return marks
        }
    }

    private var ellipsisMarks: [Markup] {
        guard let column = ellipsisColumn else { return [] }
        return qubits.indices.flatMap { wire in
            [
                Markup(
                    "rect",
                    [
                        "x": pixels(x(column) - 12), "y": pixels(y(wire) - 8), "width": "24", "height": "16",
                        "class": "blank",
                    ]),
                Plot.text("…", x: x(column), y: y(wire) + 2, anchor: "middle"),
            ]
        }
    }

    private static func marks(_ operation: Operation, x: Double, y: (Int) -> Double) -> [Markup] {
        let wires = operation.wires
        var marks: [Markup] = []
        if wires.count > 1 {
            marks.append(
                Plot.line(x1: x, y1: y(wires.lowerBound), x2: x, y2: y(wires.upperBound), kind: "link"))
        }
        for mark in operation.symbols { marks += symbolMarks(mark.symbol, x: x, y: y(mark.wire)) }
        return marks
    }

    private static func symbolMarks(_ symbol: Symbol, x: Double, y: Double) -> [Markup] {
        func circle(_ radius: Double, _ kind: String) -> Markup {
            Markup("circle", ["cx": pixels(x), "cy": pixels(y), "r": pixels(radius), "class": kind])
        }
        switch symbol {
        case .control: return [circle(4.5, "dot")]
        case .target:
            return [
                circle(9, "target"), Plot.line(x1: x - 9, y1: y, x2: x + 9, y2: y, kind: "link"),
                Plot.line(x1: x, y1: y - 9, x2: x, y2: y + 9, kind: "link"),
            ]
        case .box(let name, let angle):
            let kind = angle.map { $0.hasPrefix("x") ? "box data" : "box trained" } ?? "box fixed"
            let frame = box(x: x, y: y, kind: kind)
            guard let angle else {
                return [frame, Plot.text(name, x: x, y: y + 4, anchor: "middle", kind: "gate")]
            }
            return [
                frame, Plot.text(name, x: x, y: y - 2, anchor: "middle", kind: "gate"),
                Plot.text(angle, x: x, y: y + 11, anchor: "middle", kind: "angle"),
            ]
        }
    }

    private static func box(x: Double, y: Double, kind: String) -> Markup {
        Markup(
            "rect",
            [
                "x": pixels(x - boxWidth / 2), "y": pixels(y - boxHeight / 2), "width": pixels(boxWidth),
                "height": pixels(boxHeight), "rx": "3", "class": kind,
            ])
    }

    private func readoutMarks(_ readout: Readout, x: Double) -> [Markup] {
        guard let first = readout.wires.first, let last = readout.wires.last else { return [] }
        var marks = readout.wires.flatMap { wire -> [Markup] in
            let (centre, middle) = (x + 14, y(wire))
            return [
                Markup(
                    "rect",
                    [
                        "x": pixels(x), "y": pixels(middle - 11), "width": "28", "height": "22", "rx": "3",
                        "class": "box meter",
                    ]),
                Markup(
                    "path",
                    [
                        "d": """
                        M\(pixels(centre - 8)) \(pixels(middle + 5))A8 8 0 0 1 \(pixels(centre + 8)) \(pixels(middle + 5))\
                        M\(pixels(centre)) \(pixels(middle + 5))L\(pixels(centre + 5)) \(pixels(middle - 6))
                        """, "class": "needle",
                    ]),
            ]
        }
        if last > first {
            let edge = x + 34
            marks.append(
                Markup(
                    "path",
                    [
                        "d": "M\(pixels(edge)) \(pixels(y(first) - 9))h4V\(pixels(y(last) + 9))h-4",
                        "class": "needle",
                    ]))
        }
        let middle = (y(first) + y(last)) / 2
        let name = readout.task.count > 24 ? String(readout.task.prefix(23)) + "…" : readout.task
        marks.append(Plot.text(name, x: x + 44, y: middle - 3, kind: "label"))
        marks.append(Plot.text(readout.observables, x: x + 44, y: middle + 12, kind: "tick"))
        return marks
    }
}
