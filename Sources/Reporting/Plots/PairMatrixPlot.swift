/// Who is ahead of whom: a row and a column per head, a cell per pair.
///
/// A full cell with a sign is a significant difference, a faint one is not; the row's head is meant.
struct PairMatrixPlot {
    /// How a row's head stands against a column's.
    struct Standing {
        let difference: Double
        let isSignificant: Bool
        let tooltip: String
    }

    let title: String
    let names: [String]
    /// `[row][column]`; nil on the diagonal and where a pair was not tested.
    let standings: [[Standing?]]

    /// What the picture shows, for its caption.
    static let caption = """
        Blue with a plus: the row's head is significantly better than the column's; orange with a minus: significantly worse; \
        faint: not significant. Columns are numbered as rows are.
        """

    var svg: Markup {
        let longest = names.reduce(0) { max($0, min($1.count, 24)) }
        let left = 34 + Double(longest) * Plot.letterWidth
        let side = min(26, (Plot.width - left - 6) / Double(max(names.count, 1)))
        let top = 24.0
        let plot = Plot(
            title: title, description: Self.caption, height: top + side * Double(names.count) + 8)
        var marks: [Markup] = []
        for (row, name) in names.enumerated() {
            let y = top + side * Double(row)
            let shown = name.count > 24 ? name.prefix(23) + "…" : name[...]
            marks.append(Plot.text("\(row + 1)", x: 22, y: y + side / 2 + 4, anchor: "end", kind: "tick"))
            marks.append(Plot.text(String(shown), x: 28, y: y + side / 2 + 4))
            // Where columns are narrower than two digits, every other number has room.
            if side >= 18 || row.isMultiple(of: 2) {
                marks.append(
                    Plot.text(
                        "\(row + 1)", x: left + side * (Double(row) + 0.5), y: top - 7, anchor: "middle",
                        kind: "tick"))
            }
            for (column, standing) in standings[row].enumerated() {
                guard let standing else { continue }
                marks += Self.cell(standing, x: left + side * Double(column), y: y, side: side)
            }
        }
        return plot.svg(marks)
    }

    private static func cell(_ standing: Standing, x: Double, y: Double, side: Double) -> [Markup] {
        let isAhead = standing.difference > 0
        let box = Markup(
            "rect",
            [
                "x": pixels(x), "y": pixels(y), "width": pixels(side - 1.5), "height": pixels(side - 1.5),
                "class": (standing.difference == 0 ? "cell-frame" : isAhead ? "ahead" : "behind")
                    + (standing.isSignificant ? "" : " open"),
            ], [Markup("title", text: standing.tooltip)])
        guard standing.isSignificant else { return [box] }
        return [
            box,
            Plot.text(
                isAhead ? "+" : "−", x: x + side / 2 - 0.75, y: y + side / 2 + 3.5, anchor: "middle",
                kind: "on-cell"),
        ]
    }
}
