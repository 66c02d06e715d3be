import Training

/// A reliability diagram: how often predictions of a confidence are right.
///
/// On the diagonal they are as often as they claim.
struct ReliabilityPlot {
    /// The number of bins, as for the calibration error.
    static let binCount = 15

    let title: String
    let series: [(name: String, bins: [RunResult.ReliabilityBin])]

    /// The bins of several runs or tasks taken together: weighted by count, sorted by confidence.
    static func pooled(_ bins: [RunResult.ReliabilityBin]) -> [RunResult.ReliabilityBin] {
        let groups = Dictionary(grouping: bins.filter { $0.count > 0 }) { bin in
            min(Int(bin.confidence * Double(binCount)), binCount - 1)
        }
        return groups.sorted { $0.key < $1.key }.map { _, group in
            let count = group.reduce(0) { $0 + $1.count }
            func mean(_ value: (RunResult.ReliabilityBin) -> Double) -> Double {
                group.reduce(0) { $0 + value($1) * Double($1.count) } / Double(count)
            }
            return RunResult.ReliabilityBin(
                confidence: mean(\.confidence), accuracy: mean(\.accuracy), count: count)
        }
    }

    var svg: Markup {
        let (legend, legendHeight) = Plot.legend(series.map(\.name), withLines: true)
        let plot = Plot(
            title: title,
            description:
                "Share of right predictions against mean confidence; larger markers hold more predictions.",
            height: 330 + legendHeight)
        let values = series.flatMap { $0.bins.flatMap { [$0.confidence, $0.accuracy] } }
        // Confidence of a binary prediction starts at one half: no room is spent on what cannot occur.
        let lowest = max(0, ((values.min() ?? 0) * 10).rounded(.down) / 10)
        let domain = min(lowest, 0.9)...1
        let x = AxisScale(.linear, domain: domain, from: 52, to: Plot.width - 14)
        let y = AxisScale(.linear, domain: domain, from: plot.height - 46, to: legendHeight + 30)
        var marks = legend + Plot.axes(x, y, xName: "mean confidence", yName: "share of right predictions")
        marks.append(
            Plot.line(
                x1: x.pixelStart, y1: y.pixelStart, x2: x.pixelEnd, y2: y.pixelEnd, kind: "diagonal"))
        let largest = Double(series.flatMap { $0.bins.map(\.count) }.max() ?? 1)
        for (index, line) in series.enumerated() {
            let points = line.bins.map { (x: x.position($0.confidence), y: y.position($0.accuracy)) }
            marks.append(Plot.seriesLine(index, points))
            for (bin, point) in zip(line.bins, points) {
                let tooltip = """
                    \(line.name): \(NumberText.count(bin.count)) predictions, confidence \
                    \(NumberText.fixed(bin.confidence)), right \(NumberText.fixed(bin.accuracy))
                    """
                let radius = 2.5 + 4.5 * (Double(bin.count) / largest).squareRoot()
                marks.append(Palette.marker(index, x: point.x, y: point.y, radius: radius, title: tooltip))
            }
        }
        return plot.svg(marks)
    }
}
