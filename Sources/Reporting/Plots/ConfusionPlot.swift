/// A confusion matrix as a heat map: true classes down, predicted classes across, shaded by share of the true class.
struct ConfusionPlot {
    let title: String
    /// Counts `[true class][predicted class]`.
    let counts: [[Int]]

    var svg: Markup {
        let classes = counts.count
        let (left, top) = (52.0, 34.0)
        let cell = (Plot.width - left - 14) / Double(max(classes, 1))
        let side = min(cell, 72)
        let plot = Plot(title: title, description: description, height: top + side * Double(classes) + 44)
        var marks = [Plot.text("true class", x: 4, y: 16)]
        let labelStride = max(1, Int((24 / side).rounded(.up)))
        for (row, line) in counts.enumerated() {
            let y = top + side * Double(row)
            if row.isMultiple(of: labelStride) {
                marks.append(
                    Plot.text("\(row)", x: left - 8, y: y + side / 2 + 4, anchor: "end", kind: "tick"))
                marks.append(
                    Plot.text(
                        "\(row)", x: left + side * (Double(row) + 0.5), y: top + side * Double(classes) + 17,
                        anchor: "middle", kind: "tick"))
            }
            let total = line.reduce(0, +)
            for (column, count) in line.enumerated() {
                let share = total > 0 ? Double(count) / Double(total) : 0
                marks += Self.cell(
                    count, share: share, x: left + side * Double(column), y: y, side: side,
                    title: "true \(row), predicted \(column): \(count) of \(total)")
            }
        }
        marks.append(
            Plot.text(
                "predicted class", x: left + side * Double(classes) / 2, y: top + side * Double(classes) + 36,
                anchor: "middle"))
        return plot.svg(marks)
    }

    private var description: String {
        let total = counts.reduce(0) { $0 + $1.reduce(0, +) }
        let correct = counts.indices.reduce(0) { $0 + counts[$1][$1] }
        return "Of \(total) samples, \(correct) lie on the diagonal: their class was predicted."
    }

    private static func cell(
        _ count: Int, share: Double, x: Double, y: Double, side: Double, title: String
    ) -> [Markup] {
        // A faint floor keeps single errors visible.
        let opacity = count == 0 ? 0 : 0.08 + 0.92 * share
        var marks = [
            Markup(
                "rect",
                [
                    "x": pixels(x), "y": pixels(y), "width": pixels(side - 1.5), "height": pixels(side - 1.5),
                    "class": "cell-frame",
                ]),
            Markup(
                "rect",
                [
                    "x": pixels(x), "y": pixels(y), "width": pixels(side - 1.5), "height": pixels(side - 1.5),
                    "class": "cell", "fill-opacity": pixels(opacity),
                ], [Markup("title", text: title)]),
        ]
        if side >= 22, count > 0 {
            marks.append(
                Plot.text(
                    "\(count)", x: x + side / 2, y: y + side / 2 + 3.5, anchor: "middle",
                    kind: share > 0.5 ? "on-cell" : "tick"))
        }
        return marks
    }
}
