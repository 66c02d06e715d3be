/// What plots share: the picture's frame, its axes and its legend.
///
/// Pictures are about as wide as a phone, so that their text stays legible there; colours come from the page.
struct Plot {
    static let width = 440.0
    /// Pixels a letter of a label takes, on average.
    static let letterWidth = 6.9

    let title: String
    /// The picture in words, for those who do not see it.
    let description: String
    let height: Double

    init(title: String, description: String, height: Double = 290) {
        self.title = title
        self.description = description
        self.height = height
    }

    /// The picture as an SVG element.
    func svg(_ content: [Markup]) -> Markup {
        Markup(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": "0 0 \(pixels(Self.width)) \(pixels(height))",
                "role": "img", "class": "plot",
            ],
            [Markup("title", text: title), Markup("desc", text: description)] + content)
    }

    static func text(
        _ text: String, x: Double, y: Double, anchor: String = "start", kind: String = "label"
    ) -> Markup {
        Markup("text", ["x": pixels(x), "y": pixels(y), "text-anchor": anchor, "class": kind], text: text)
    }

    static func line(x1: Double, y1: Double, x2: Double, y2: Double, kind: String = "grid") -> Markup {
        Markup(
            "line", ["x1": pixels(x1), "y1": pixels(y1), "x2": pixels(x2), "y2": pixels(y2), "class": kind])
    }

    /// The path through points given in pixels.
    static func path(_ points: [(x: Double, y: Double)], closed: Bool = false) -> String {
        guard !points.isEmpty else { return "" }
        return "M" + points.map { "\(pixels($0.x)) \(pixels($0.y))" }.joined(separator: "L")
            + (closed ? "Z" : "")
    }

    /// Grid lines, tick labels and axis names of two axes.
    static func axes(_ x: AxisScale, _ y: AxisScale, xName: String, yName: String) -> [Markup] {
        let (left, right, bottom, top) = (x.pixelStart, x.pixelEnd, y.pixelStart, y.pixelEnd)
        var marks: [Markup] = []
        for tick in y.ticks() {
            let position = y.position(tick.value)
            marks.append(line(x1: left, y1: position, x2: right, y2: position))
            marks.append(text(tick.label, x: left - 7, y: position + 4, anchor: "end", kind: "tick"))
        }
        var end = -Double.infinity
        for tick in x.ticks() {
            let position = x.position(tick.value)
            marks.append(line(x1: position, y1: bottom, x2: position, y2: bottom + 4, kind: "axis"))
            let half = Double(tick.label.count) * letterWidth / 2
            guard position - half > end + 4 else { continue }  // no label on top of another
            end = position + half
            marks.append(text(tick.label, x: position, y: bottom + 17, anchor: "middle", kind: "tick"))
        }
        marks.append(line(x1: left, y1: bottom, x2: right, y2: bottom, kind: "axis"))
        marks.append(text(xName, x: (left + right) / 2, y: bottom + 36, anchor: "middle"))
        // The value axis is named above it, where it reads without turning one's head.
        marks.append(text(yName, x: 4, y: top - 12))
        return marks
    }

    /// The series' names with their markers, wrapped over lines; and the height they take.
    static func legend(_ names: [String], withLines: Bool) -> (marks: [Markup], height: Double) {
        guard names.count > 1 else { return ([], 0) }
        var (x, y) = (8.0, 14.0)
        var marks: [Markup] = []
        let symbolWidth = withLines ? 26.0 : 12.0
        for (index, name) in names.enumerated() {
            let advance = symbolWidth + 6 + Double(name.count) * letterWidth + 16
            if x > 8, x + advance > width { (x, y) = (8, y + 18) }
            if withLines {
                marks.append(seriesLine(index, [(x, y - 4), (x + symbolWidth, y - 4)]))
            }
            marks.append(Palette.marker(index, x: x + symbolWidth / 2, y: y - 4))
            marks.append(text(name, x: x + symbolWidth + 6, y: y))
            x += advance
        }
        return (marks, y + 8)
    }

    static func seriesLine(_ index: Int, _ points: [(x: Double, y: Double)]) -> Markup {
        Markup(
            "path",
            [
                "d": path(points), "class": "series",
                "style": "stroke:\(Palette.colour(index));stroke-dasharray:\(Palette.dash(index))",
            ])
    }
}
