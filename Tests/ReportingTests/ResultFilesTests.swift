import Experiments
import Foundation
import Reporting
import Testing
import Training

struct ResultFilesTests {
    @Test func comparisonSurvivesJSON() throws {
        var comparison = try SampleResults.plannedComparison()
        comparison.failures = [Grid.Failure(run: "linear/seed-9", error: "the loss is not a number")]
        comparison.tuning = SampleResults.tuning
        let data = try ResultFiles.json(comparison)
        #expect(try ResultFiles.decode(Experiments.HeadComparison.self, from: data) == comparison)
        #expect(data.last == UInt8(ascii: "\n"))
        #expect(try ResultFiles.json(comparison) == data)
    }

    @Test func keysAreThoseOfTheContract() throws {
        let data = try ResultFiles.json(SampleResults.run(SampleResults.heads[0], seed: 0), onOneLine: true)
        let text = String(decoding: data, as: UTF8.self)
        #expect(text.count(where: \.isNewline) == 1)
        for key in ["two_qubit_gates", "calibration_error", "per_step", "interface", "seed"] {
            #expect(text.contains("\"\(key)\":"))
        }
    }

    @Test func divergedRunIsStillRecorded() throws {
        var result = SampleResults.run(SampleResults.heads[0], seed: 0)
        result.macro.test = .nan
        let data = try ResultFiles.json(result)
        #expect(String(decoding: data, as: UTF8.self).contains("\"NaN\""))
        #expect(try ResultFiles.decode(RunResult.self, from: data).macro.test.isNaN)
    }

    @Test func damagedFileNamesTheKey() throws {
        let data = Data(#"{"dataset": "digits", "heads": [{"head": 3}]}"#.utf8)
        let error = #expect(throws: ReportingError.self) {
            try ResultFiles.decode(Experiments.HeadComparison.self, from: data)
        }
        guard case .cannotDecode(let type, let key, _) = error else {
            Issue.record("expected cannotDecode")
            return
        }
        #expect(type == "HeadComparison" && key == "key 'heads.0.head'")
        #expect(throws: ReportingError.self) {
            try ResultFiles.decode(RunResult.self, from: Data("{".utf8))
        }
    }

    @Test func csvHasARowPerHeadAndTask() throws {
        var comparison = try SampleResults.comparison()
        comparison.dataset = "digits, \"embedded\""
        let lines = ComparisonCSV.text(comparison).split(separator: "\r\n")
        #expect(lines.count == 1 + 3 * (2 + SampleResults.taskNames.count))
        #expect(lines[0].hasPrefix("dataset,head,preset,task,metric,split,mean,"))
        #expect(lines[1].hasPrefix(#""digits, ""embedded""",quantum,paper,macro,,validation,"#))
    }

    @Test func testsAreATableOfTheirOwn() throws {
        let lines = ComparisonCSV.tests(try SampleResults.plannedComparison()).split(separator: "\r\n")
        #expect(lines.count == 1 + 3 * (1 + SampleResults.taskNames.count))
        #expect(lines[1].hasPrefix("digits,macro,exploratory,quantum,linear,-0.0"))
        #expect(lines[2].hasPrefix("digits,macro,primary,quantum,sliced,-0.0"))
        #expect(lines.allSatisfy { $0.split(separator: ",", omittingEmptySubsequences: false).count == 12 })
    }

    /// Scores together are four fifths of those alone: a gain of -20 %.
    @Test func gainsAreInTheTables() throws {
        let comparison = try SampleResults.plannedComparison()
        let lines = ComparisonCSV.text(comparison).split(separator: "\r\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        let column = try #require(lines[0].firstIndex(of: "multi_task_gain"))
        let gained = lines.dropFirst().filter { !$0[column].isEmpty }
        #expect(gained.count == 1 + SampleResults.taskNames.count && gained.allSatisfy { $0[1] == "linear" })
        #expect(gained.allSatisfy { abs((Double($0[column]) ?? 0) + 0.2) < 1e-12 })
        let latex = ComparisonLaTeX.text(comparison)
        #expect(latex.contains(#"Multi-task gain & -- & $-20.0\,\%$ & -- \\"#))
        #expect(!ComparisonLaTeX.text(try SampleResults.comparison()).contains("Multi-task gain"))
    }

    @Test func manyHeadsGoDownTheLaTeXTable() throws {
        let comparison = try SampleResults.manyHeads()
        let lines = ComparisonLaTeX.text(comparison).split(separator: "\n")
        #expect(lines.count { $0.hasPrefix("head-") } == 18)
        #expect(lines.contains { $0.hasPrefix("Head & is-0 (balanced-accuracy) &") })
        let columns = lines.filter { $0.hasSuffix("\\\\") }.map { $0.split(separator: "&").count }
        #expect(Set(columns).count == 1, "every row has a cell per column")
    }

    @Test func latexEscapesAndMarksTheBest() throws {
        var comparison = try SampleResults.comparison()
        comparison.heads[0].tasks[0].name = "a_b & 50%"
        let text = ComparisonLaTeX.text(comparison)
        #expect(text.contains(#"a\_b \& 50\% (balanced-accuracy) & $0."#))
        #expect(text.contains(#"\begin{tabular}{lrrr}"#) && text.contains(#"1\,196"#))
        // Linear leads every task and the macro score of the sample.
        #expect(
            text.split(separator: "\n").count { $0.contains(#"\mathbf"#) } == SampleResults.taskNames.count
                + 1)
    }

    @Test func smallerRmseIsBetter() throws {
        var comparison = try SampleResults.comparison()
        for head in comparison.heads.indices { comparison.heads[head].tasks[0].metric = "rmse" }
        let row = ComparisonLaTeX.text(comparison).split(separator: "\n").first { $0.hasPrefix("is-0") }
        // Quantum has the smallest value of the first task, so it is the bold one there.
        #expect(try #require(row).hasPrefix(#"is-0 (rmse) & $\mathbf"#))
    }
}
