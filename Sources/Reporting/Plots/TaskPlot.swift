/// Scores task by task: a row per task, a marker per series with its error bar.
///
/// Rows need not start at zero, as bars would.
struct TaskPlot {
    /// A series' value in a row.
    struct Value {
        let mean: Double
        let lower: Double
        let upper: Double
    }

    let title: String
    let description: String
    let xName: String
    let series: [String]
    /// The rows: a task's name and one value per series.
    let rows: [(name: String, values: [Value])]

    var svg: Markup {
        let (legend, legendHeight) = Plot.legend(series, withLines: false)
        let rowHeight = max(22, 9 * Double(series.count) + 6)
        let top = legendHeight + 10
        let bottom = top + rowHeight * Double(rows.count)
        let plot = Plot(title: title, description: description, height: bottom + 46)
        let longest = rows.reduce(0) { max($0, min($1.name.count, 20)) }
        let x = AxisScale(
            .linear, over: rows.flatMap { $0.values.flatMap { [$0.mean, $0.lower, $0.upper] } },
            from: 18 + Double(longest) * Plot.letterWidth, to: Plot.width - 14)
        var marks = legend
        for tick in x.ticks() {
            let position = x.position(tick.value)
            marks.append(Plot.line(x1: position, y1: top, x2: position, y2: bottom))
            marks.append(Plot.text(tick.label, x: position, y: bottom + 17, anchor: "middle", kind: "tick"))
        }
        marks.append(Plot.text(xName, x: (x.pixelStart + x.pixelEnd) / 2, y: bottom + 36, anchor: "middle"))
        for (row, entry) in rows.enumerated() {
            let start = top + rowHeight * Double(row)
            marks.append(Plot.line(x1: 8, y1: start, x2: x.pixelEnd, y2: start, kind: "rule"))
            let name = entry.name.count > 20 ? entry.name.prefix(19) + "…" : entry.name[...]
            marks.append(Plot.text(String(name), x: 8, y: start + rowHeight / 2 + 4))
            for (index, value) in entry.values.enumerated() where value.mean.isFinite {
                let y = start + rowHeight * (Double(index) + 0.5 + 0.2) / (Double(series.count) + 0.4)
                marks += Self.mark(index, value, x, y: y, title: "\(entry.name), \(series[index])")
            }
        }
        marks.append(Plot.line(x1: 8, y1: bottom, x2: x.pixelEnd, y2: bottom, kind: "axis"))
        return plot.svg(marks)
    }

    private static func mark(_ index: Int, _ value: Value, _ x: AxisScale, y: Double, title: String)
        -> [Markup]
    {
        let whisker = Markup(
            "line",
            [
                "x1": pixels(x.position(value.lower)), "y1": pixels(y), "x2": pixels(x.position(value.upper)),
                "y2": pixels(y), "class": "whisker", "style": "stroke:\(Palette.colour(index))",
            ])
        let marker = Palette.marker(
            index, x: x.position(value.mean), y: y, title: "\(title): \(NumberText.fixed(value.mean))")
        return (value.lower < value.upper ? [whisker] : []) + [marker]
    }
}
