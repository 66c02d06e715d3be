import Reporting
import Testing

struct PlotFileTests {
    private func plots() throws -> [PlotFile] {
        let runs = SampleResults.manyRuns()
        return HTMLReport.comparison(
            try SampleResults.manyHeads(), runs: runs,
            histories: runs.map { SampleResults.history(SampleResults.heads[0], seed: $0.seed) },
            configuration: "", circuit: try SampleResults.circuit()
        ).plots
    }

    @Test func everyPictureIsAFile() throws {
        let plots = try plots()
        let names = plots.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(
            names.allSatisfy { $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") } })
        for name in ["macro-test-score-of-each-head", "paired-tests-of-all-heads", "circuit"] {
            #expect(names.contains(name))
        }
    }

    @Test func filesStandAlone() throws {
        for plot in try plots() {
            #expect(XMLTree.isWellFormed(plot.svg), "\(plot.name)")
            // Colours are values: programs such as rsvg-convert know no variables.
            #expect(!plot.svg.contains("var(--") && !plot.svg.contains("@media"))
            #expect(plot.svg.contains("#0072b2") || plot.svg.contains("#1b1f24"))
            #expect(plot.svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 "))
            #expect(plot.svg.contains("\" width=\"") && plot.svg.contains("\" height=\""))
        }
    }
}
