/// Named points with error bars and the frontier of those that nothing beats: higher is better, so is further left.
struct ScatterPlot {
    /// One point with the bounds of its error bar.
    struct Point {
        let name: String
        let x: Double
        let y: Double
        let lower: Double
        let upper: Double
    }

    let title: String
    let description: String
    let xName: String
    let yName: String
    let points: [Point]

    /// The points no other point beats in both directions, from left to right.
    static func frontier(_ points: [Point]) -> [Point] {
        var best = -Double.infinity
        return points.filter(\.y.isFinite)
            .sorted { ($0.x, -$0.y) < ($1.x, -$1.y) }
            .filter { point in
                guard point.y > best else { return false }
                best = point.y
                return true
            }
    }

    var svg: Markup {
        let (legend, legendHeight) = Plot.legend(points.map(\.name), withLines: false)
        let plot = Plot(title: title, description: description, height: 290 + legendHeight)
        let x = AxisScale(.logarithmic, over: points.map(\.x), from: 52, to: Plot.width - 14)
        let y = AxisScale(
            .linear, over: points.flatMap { [$0.y, $0.lower, $0.upper] },
            from: plot.height - 46, to: legendHeight + 30)
        var marks = legend + Plot.axes(x, y, xName: xName, yName: yName)
        marks.append(frontierLine(x, y))
        for (index, point) in points.enumerated() where point.y.isFinite {
            let (column, lower, upper) = (
                x.position(point.x), y.position(point.lower), y.position(point.upper)
            )
            let style = "stroke:\(Palette.colour(index))"
            for (x1, y1, x2, y2) in [
                (column, lower, column, upper), (column - 4, lower, column + 4, lower),
                (column - 4, upper, column + 4, upper),
            ] where point.lower < point.upper {
                marks.append(
                    Markup(
                        "line",
                        [
                            "x1": pixels(x1), "y1": pixels(y1), "x2": pixels(x2), "y2": pixels(y2),
                            "class": "whisker",
                            "style": style,
                        ]))
            }
            let tooltip = """
                \(point.name): \(NumberText.fixed(point.y)) (\(NumberText.fixed(point.lower)) to \
                \(NumberText.fixed(point.upper))), \(NumberText.count(Int(point.x)))
                """
            marks.append(Palette.marker(index, x: column, y: y.position(point.y), radius: 5, title: tooltip))
        }
        return plot.svg(marks)
    }

    private func frontierLine(_ x: AxisScale, _ y: AxisScale) -> Markup {
        var corners: [(x: Double, y: Double)] = []
        for point in Self.frontier(points) {
            let corner = (x: x.position(point.x), y: y.position(point.y))
            if let last = corners.last { corners.append((x: corner.x, y: last.y)) }
            corners.append(corner)
        }
        if let last = corners.last { corners.append((x: x.pixelEnd, y: last.y)) }
        return Markup("path", ["d": Plot.path(corners), "class": "frontier"])
    }
}
