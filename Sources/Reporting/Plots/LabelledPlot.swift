/// Points that carry their names, on a linear and a logarithmic axis.
struct LabelledPlot {
    /// One point.
    struct Point {
        let name: String
        let x: Double
        let y: Double
    }

    let title: String
    let description: String
    let xName: String
    let yName: String
    let points: [Point]

    var svg: Markup {
        let plot = Plot(title: title, description: description, height: 420)
        let x = AxisScale(.linear, over: points.map(\.x), from: 52, to: Plot.width - 14)
        let y = AxisScale(.logarithmic, over: points.map(\.y), from: plot.height - 46, to: 30)
        var marks = Plot.axes(x, y, xName: xName, yName: yName)
        let placed = points.filter { $0.x.isFinite && $0.y.isFinite }
            .map { (point: $0, x: x.position($0.x), y: y.position($0.y)) }
        for (point, column, row) in placed {
            let tooltip = "\(point.name): \(NumberText.significant(point.y)), \(NumberText.fixed(point.x))"
            marks.append(Palette.marker(0, x: column, y: row, radius: 3.5, title: tooltip))
        }
        var taken = placed.map { Box(left: $0.x - 4, top: $0.y - 4, width: 8, height: 8) }
        for (point, column, row) in placed {
            // A name that has no room beside its point is left to the tooltip and the table.
            guard
                let box = Self.places(of: point.name, x: column, y: row).first(where: { box in
                    box.left > 52 && box.right < Plot.width && box.bottom < plot.height - 46
                        && !taken.contains { $0.overlaps(box) }
                })
            else { continue }
            taken.append(box)
            marks.append(Plot.text(point.name, x: box.left, y: box.bottom - 2, kind: "tick"))
        }
        return plot.svg(marks)
    }

    /// Where a name may stand: right of its point, left, above and below, and at the corners.
    private static func places(of name: String, x: Double, y: Double) -> [Box] {
        let (width, height) = (Double(name.count) * 6.2, 12.0)
        let columns = [x + 6, x - 6 - width, x - width / 2]
        let rows = [y - height / 2, y - height - 5, y + 5]
        return [(0, 0), (1, 0), (2, 1), (2, 2), (0, 1), (0, 2), (1, 1), (1, 2)].map {
            Box(left: columns[$0.0], top: rows[$0.1], width: width, height: height)
        }
    }
}

/// A rectangle that a mark or a name covers, in pixels.
private struct Box {
    let left: Double
    let top: Double
    let width: Double
    let height: Double

    var right: Double { left + width }
    var bottom: Double { top + height }

    func overlaps(_ other: Box) -> Bool {
        left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }
}
