/// Lines over a common axis, each with an optional band around it.
struct LineChart {
    /// One point of a line, with the band's bounds there.
    struct Point {
        let x: Double
        let y: Double
        var lower: Double?
        var upper: Double?
    }

    /// One line.
    struct Series {
        let name: String
        let points: [Point]
    }

    let title: String
    let description: String
    let xName: String
    let yName: String
    var xKind = AxisScale.Kind.linear
    var yKind = AxisScale.Kind.linear
    let series: [Series]

    var svg: Markup {
        let (legend, legendHeight) = Plot.legend(series.map(\.name), withLines: true)
        let plot = Plot(title: title, description: description, height: 290 + legendHeight)
        let top = legendHeight + 30
        let points = series.flatMap(\.points)
        let x = AxisScale(
            xKind, domain: Self.span(points.map(\.x)), from: 52, to: Plot.width - 14)
        let y = AxisScale(
            yKind, over: points.flatMap { [$0.y, $0.lower, $0.upper].compactMap(\.self) },
            from: plot.height - 46, to: top)
        var marks = legend + Plot.axes(x, y, xName: xName, yName: yName)
        for (index, line) in series.enumerated() { marks += Self.band(index, line, x, y) }
        for (index, line) in series.enumerated() { marks += Self.line(index, line, x, y) }
        return plot.svg(marks)
    }

    private static func span(_ values: [Double]) -> ClosedRange<Double> {
        guard let low = values.min(), let high = values.max() else { return 0...1 }
        return low < high ? low...high : low - 1...high + 1
    }

    private static func band(_ index: Int, _ line: Series, _ x: AxisScale, _ y: AxisScale) -> [Markup] {
        let bounded = line.points.compactMap { point -> (x: Double, lower: Double, upper: Double)? in
            guard let lower = point.lower, let upper = point.upper, lower.isFinite, upper.isFinite else {
                return nil
            }
            return (x.position(point.x), y.position(lower), y.position(upper))
        }
        guard bounded.contains(where: { $0.lower != $0.upper }) else { return [] }
        let outline =
            bounded.map { (x: $0.x, y: $0.upper) } + bounded.reversed().map { (x: $0.x, y: $0.lower) }
        return [
            Markup(
                "path",
                [
                    "d": Plot.path(outline, closed: true), "class": "band",
                    "style": "fill:\(Palette.colour(index))",
                ])
        ]
    }

    private static func line(_ index: Int, _ line: Series, _ x: AxisScale, _ y: AxisScale) -> [Markup] {
        let finite = line.points.filter(\.y.isFinite)
        let points = finite.map { (x: x.position($0.x), y: y.position($0.y)) }
        guard let last = points.last, let lastPoint = finite.last else { return [] }
        // Six markers or so tell the lines apart without hiding them.
        let stride = max(1, (points.count + 5) / 6)
        var marks = [Plot.seriesLine(index, points)]
        for position in Swift.stride(from: stride / 2, to: points.count - 1, by: stride) {
            marks.append(Palette.marker(index, x: points[position].x, y: points[position].y, radius: 3))
        }
        let tooltip =
            "\(line.name): \(NumberText.significant(lastPoint.y, 4)) at \(NumberText.significant(lastPoint.x, 6))"
        marks.append(Palette.marker(index, x: last.x, y: last.y, title: tooltip))
        return marks
    }
}
