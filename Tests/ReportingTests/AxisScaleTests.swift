import Reporting
import Testing

struct AxisScaleTests {
    @Test func linearTicksAreRound() {
        let axis = AxisScale(.linear, domain: 0.931...1.004, from: 0, to: 100)
        #expect(axis.ticks().map(\.label) == ["0.94", "0.96", "0.98", "1.00"])
        #expect(
            AxisScale(.linear, domain: 1...30, from: 0, to: 100).ticks().map(\.label) == ["10", "20", "30"])
        #expect(
            AxisScale(.linear, domain: 0...1, from: 0, to: 1).ticks(about: 4).map(\.label)
                == ["0.00", "0.25", "0.50", "0.75", "1.00"])
    }

    @Test func logarithmicTicksAreDecadesOrTheirParts() {
        func labels(_ domain: ClosedRange<Double>) -> [String] {
            AxisScale(.logarithmic, domain: domain, from: 0, to: 100).ticks().map(\.label)
        }
        #expect(labels(1...1_000_000) == ["1", "10", "100", "1k", "10k", "100k", "1M"])
        #expect(labels(90...1200) == ["100", "200", "500", "1k"])
        #expect(labels(0.08...0.75) == ["0.1", "0.2", "0.3", "0.5", "0.7"])
        #expect(labels(3400...4600).count >= 3, "a short stretch has ticks too")
        #expect(labels(1e-3...1e12).count <= 8, "decades are skipped where they would crowd")
    }

    @Test func positions() {
        let axis = AxisScale(.logarithmic, domain: 1...100, from: 200, to: 0)
        #expect(axis.position(10) == 100)
        #expect(axis.position(1000) == 0 && axis.position(-1) == 200, "values outside lie on the border")
    }

    @Test(arguments: [[], [3.0], [0.5, 0.5], [.nan, 2], [-1, 0]])
    func anyValuesHaveAnAxis(_ values: [Double]) {
        for kind in [AxisScale.Kind.linear, .logarithmic] {
            let axis = AxisScale(kind, over: values, from: 0, to: 100)
            #expect(axis.domain.lowerBound < axis.domain.upperBound)
            #expect(values.filter(\.isFinite).allSatisfy { axis.position($0).isFinite })
            #expect(!axis.ticks().isEmpty)
        }
    }
}
