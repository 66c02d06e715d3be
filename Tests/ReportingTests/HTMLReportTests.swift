import Circuits
import Experiments
import Foundation
import Reporting
import Testing
import Training

struct HTMLReportTests {
    private let hostile = "<script>alert('a & \"b\"')</script>"

    private func comparisonPage(_ comparison: Experiments.HeadComparison? = nil) throws -> String {
        HTMLReport.comparison(
            try comparison ?? SampleResults.comparison(), runs: SampleResults.runs(),
            histories: SampleResults.histories(), configuration: SampleResults.configuration,
            circuit: try SampleResults.circuit()
        ).html
    }

    @Test func comparisonHasAllSections() throws {
        let page = try comparisonPage()
        for title in [
            "Heads", "Scores by task", "Score against parameters", "Paired tests", "Calibration", "Confusion",
            "Learning", "Gradient conflict", "Circuit", "Configuration",
        ] {
            #expect(page.contains("<h2>\(title)</h2>"))
        }
        #expect(isWellFormed(page))
    }

    @Test func whatWasPlannedChosenAndLostIsShown() throws {
        var comparison = try SampleResults.plannedComparison()
        #expect(try !comparisonPage().contains("<h2>Multi-task gain</h2>"))
        comparison.tuning = SampleResults.tuning
        comparison.failures = [Grid.Failure(run: "mlp/seed-1", error: hostile)]
        let page = try comparisonPage(comparison)
        for title in ["Multi-task gain", "Tuning", "Failures"] { #expect(page.contains("<h2>\(title)</h2>")) }
        #expect(page.contains("−20.0 %") && page.contains("mlp/seed-1"))
        #expect(
            page.contains("optimizer.learning_rate")
                && page.contains("2 trials for every head, task learnt alone"))
        #expect(page.contains(">primary<") && page.contains(">exploratory<"))
        #expect(isWellFormed(page) && !page.contains("<script"))
    }

    @Test func runHasAllSections() throws {
        let head = SampleResults.heads[0]
        let page = HTMLReport.run(
            result: SampleResults.run(head, seed: 0), history: SampleResults.history(head, seed: 0),
            configuration: SampleResults.configuration, circuit: try SampleResults.circuit()
        ).html
        for title in [
            "Scores", "Parameters", "Learning", "Gradient conflict", "Errors and calibration", "Circuit",
            "Configuration",
        ] {
            #expect(page.contains("<h2>\(title)</h2>"))
        }
        #expect(isWellFormed(page))
    }

    @Test func pageNeedsNothingElse() throws {
        let page = try comparisonPage()
        for reference in ["<script", "<link", "src=", "href=", "url(", "@import"] {
            #expect(!page.contains(reference))
        }
        // The one address is the name of the SVG language.
        let addresses = page.replacing("http://www.w3.org/2000/svg", with: "")
        #expect(!addresses.contains("http://") && !addresses.contains("https://"))
    }

    @Test func everythingIsEscaped() throws {
        var comparison = try SampleResults.comparison()
        comparison.dataset = hostile
        for head in comparison.heads.indices {
            comparison.heads[head].head = hostile + "\(head)"
            comparison.heads[head].tasks[0].name = hostile
            comparison.heads[head].tasks[0].metric = hostile
        }
        let runs = [SampleResults.run(SampleResults.heads[0], seed: 0, taskNames: [hostile])]
        let pages = [
            HTMLReport.comparison(
                comparison, runs: runs, histories: [[]], configuration: hostile,
                circuit: try SampleResults.circuit()
            ).html,
            HTMLReport.run(result: runs[0], history: [], configuration: hostile, circuit: nil).html,
        ]
        for page in pages {
            #expect(!page.contains("<script") && page.contains("&lt;script&gt;"))
            #expect(isWellFormed(page))
        }
    }

    @Test func brokenMarkupIsSeen() {
        #expect(!XMLTree.isWellFormed("<a><b></a>") && !XMLTree.isWellFormed("<a b='<'/>"))
    }

    @Test func survivesRunsWithoutAnythingToPlot() {
        var result = SampleResults.run(SampleResults.heads[1], seed: 0, taskNames: ["valence"])
        result.tasks[0] = RunResult.TaskScore(
            name: "valence", kind: "regression", metric: "spearman", validation: .nan, test: .nan,
            loss: .infinity)
        result.macro = RunResult.Macro(validation: .nan, test: .nan)
        let diverged = EpochRecord(
            epoch: 1, trainLoss: .nan, validationLoss: .nan, validationMacro: .nan, validation: [:],
            learningRate: 0.1)
        var second = diverged
        second.epoch = 2
        let page = HTMLReport.run(
            result: result, history: [diverged, second], configuration: "", circuit: nil
        ).html
        #expect(isWellFormed(page) && !page.contains("NaN") && !page.contains("\"nan"))
    }

    @Test func manyTasksAreFoldedAway() throws {
        let names = (0..<200).map { "task-\($0)" }
        let runs = SampleResults.heads.map { SampleResults.run($0, seed: 0, taskNames: names) }
        let page = HTMLReport.comparison(
            try Experiments.HeadComparison.make(runs, report: ""), runs: runs, histories: [[], [], []],
            configuration: "", circuit: nil
        ).html
        #expect(page.contains("<summary>All 200 tasks</summary>"))
        #expect(!page.contains("<h2>Learning</h2>") && !page.contains("<h2>Paired tests</h2>"))
    }

    @Test func manyHeadsGoDownTheTables() throws {
        let runs = SampleResults.manyRuns()
        let page = HTMLReport.comparison(
            try SampleResults.manyHeads(), runs: runs, histories: runs.map { _ in [] }, configuration: "",
            circuit: nil
        ).html
        #expect(page.contains("<summary>All 190 pairs</summary>"))
        #expect(page.contains("Paired tests of all heads"))
        #expect(page.contains("20 heads ·"))
        #expect(isWellFormed(page))
    }
}
