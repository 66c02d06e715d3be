import Training

/// Cosines between tasks' gradients as a heat map, a row and a column per task: one colour for each sign, shaded by size.
struct ConflictPlot {
    let title: String
    let tasks: [String]
    /// Cosines `[task][task]`.
    let cosines: [[Double]]

    /// The least height of a line of text.
    private static let lineHeight = 17.0
    /// Rows are named up to this many; beyond, names would overlap.
    private static let mostNames = 17
    private static let longestName = 16

    var svg: Markup {
        let letters = tasks.reduce(0) { max($0, min($1.count, Self.longestName)) }
        let isNamed = tasks.count <= Self.mostNames
        let (left, top) = (34 + (isNamed ? Double(letters) * Plot.letterWidth : 0), 30.0)
        let side = min((Plot.width - left - 14) / Double(max(tasks.count, 1)), 44)
        let bottom = top + side * Double(tasks.count)
        let plot = Plot(title: title, description: description, height: bottom + 46)
        var marks: [Markup] = []
        // Rows and columns are numbered as far as the numbers find room.
        let labelled = max(1, Int((Self.lineHeight / side).rounded(.up)))
        for (row, name) in tasks.enumerated() {
            if row.isMultiple(of: labelled) {
                marks += labels(row, isNamed ? name : "", left: left, top: top, side: side)
            }
            for column in tasks.indices {
                marks += Self.cell(
                    cosines[row][column], x: left + side * Double(column), y: top + side * Double(row),
                    side: side, title: "\(name), \(tasks[column])")
            }
        }
        return plot.svg(marks + Self.scale(x: left, y: bottom + 14))
    }

    private func labels(
        _ index: Int, _ name: String, left: Double, top: Double, side: Double
    ) -> [Markup] {
        let middle = side * (Double(index) + 0.5)
        let short = name.count > Self.longestName ? name.prefix(Self.longestName - 1) + "…" : name[...]
        return [
            Plot.text(
                short.isEmpty ? "\(index + 1)" : "\(short) \(index + 1)", x: left - 7, y: top + middle + 4,
                anchor: "end", kind: "tick"),
            Plot.text("\(index + 1)", x: left + middle, y: top - 7, anchor: "middle", kind: "tick"),
        ]
    }

    private var description: String {
        "Of all pairs of tasks, \(NumberText.percent(GradientConflict.conflictingShare(cosines))) point against each other; "
            + "the mean cosine is \(NumberText.signed(GradientConflict.mean(cosines)))."
    }

    private static func cell(_ cosine: Double, x: Double, y: Double, side: Double, title: String) -> [Markup]
    {
        let text = NumberText.signed(cosine, 2)
        let gap = side > 6 ? 1.5 : 0.5
        var marks = [
            square(x: x, y: y, side: side - gap, cosine: nil),
            square(x: x, y: y, side: side - gap, cosine: cosine, title: "\(title): \(text)"),
        ]
        if side >= 34 {
            marks.append(
                Plot.text(
                    text, x: x + side / 2, y: y + side / 2 + 3.5, anchor: "middle",
                    kind: abs(cosine) > 0.5 ? "on-cell" : "tick"))
        }
        return marks
    }

    private static func square(
        x: Double, y: Double, side: Double, cosine: Double?, title: String? = nil
    ) -> Markup {
        guard let cosine else {
            return Markup(
                "rect",
                [
                    "x": pixels(x), "y": pixels(y), "width": pixels(side), "height": pixels(side),
                    "class": "cell-frame",
                ])
        }
        return Markup(
            "rect",
            [
                "x": pixels(x), "y": pixels(y), "width": pixels(side), "height": pixels(side),
                "class": cosine < 0 ? "cell opposed" : "cell", "fill-opacity": pixels(abs(cosine)),
            ], title.map { [Markup("title", text: $0)] } ?? [])
    }

    /// What the colours mean.
    private static func scale(x: Double, y: Double) -> [Markup] {
        let side = 14.0
        var marks: [Markup] = []
        for (index, cosine) in [-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1].enumerated() {
            let place = x + side * Double(index)
            marks.append(square(x: place, y: y, side: side, cosine: nil))
            marks.append(square(x: place, y: y, side: side, cosine: cosine))
            if index.isMultiple(of: 4) {
                marks.append(
                    Plot.text(
                        NumberText.signed(cosine, 0), x: place + side / 2, y: y + 28, anchor: "middle",
                        kind: "tick"))
            }
        }
        marks.append(
            Plot.text("against each other, and together", x: x + side * 9 + 10, y: y + 11, kind: "tick"))
        return marks
    }
}
