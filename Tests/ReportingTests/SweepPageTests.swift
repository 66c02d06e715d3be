import Experiments
import Foundation
import Reporting
import Testing

/// Made-up sweeps, written as the JSON that they are stored in.
private struct SampleSweep {
    var tasks = [2, 4, 8, 16, 32, 64]
    /// The mean score of a head at a number of tasks.
    var level: (_ head: String, _ tasks: Int) -> Double = { head, _ in
        head == "quantum" ? 0.90 : head == "linear" ? 0.93 : 0.88
    }
    var seeds: [UInt64] = [1, 2, 3, 4, 5]
    var heads = ["quantum", "linear", "sliced"]
    /// Seeds of the last head, where they are others.
    var lastSeeds: [UInt64]?

    func result() throws -> SweepResult {
        let rows = heads.flatMap { head in tasks.map { row(head, $0) } }
        let sweep: [String: Any] = [
            "dataset": "digits", "batch": 32, "epochs": 20, "rows": rows, "exponents": [],
            "report": "report.html",
        ]
        return try ResultFiles.decode(
            SweepResult.self, from: JSONSerialization.data(withJSONObject: sweep))
    }

    private func row(_ head: String, _ tasks: Int) -> [String: Any] {
        let dense = tasks * (3 * tasks + 1)
        let counts = ["quantum": 8 * tasks, "linear": dense, "residual": 8 * tasks + dense]
        let count = counts[head] ?? 4 * tasks
        let interface = 65 * 3 * tasks
        let own = head == heads.last ? lastSeeds ?? seeds : seeds
        let scores = own.map {
            level(head, tasks) + 0.002 * sin(Double($0) * 3 + Double(tasks) + Double(head.count))
        }
        let mean = scores.reduce(0, +) / Double(max(scores.count, 1))
        let summary: [String: Any] = ["mean": mean, "std": 0.002, "ci95": [mean - 0.003, mean + 0.003]]
        var row: [String: Any] = [
            "head": head, "tasks": tasks, "seeds": own.map { Int($0) }, "score_runs": scores,
            "parameters": ["head": count, "interface": interface, "total": count + interface, "dead": 0],
            "seconds_per_step": 1e-4 * Double(tasks), "memory_mb": 50 + tasks, "device": "2 threads",
        ]
        if !own.isEmpty { (row["score"], row["validation"]) = (summary, summary) }
        if head == "quantum" { row["preset"] = "paper" }
        if ["quantum", "residual"].contains(head) {
            row["launches_per_step"] = 11
            row["circuit"] = [
                "qubits": tasks, "stages": 3, "depth": 10, "one_qubit_gates": 9 * tasks,
                "two_qubit_gates": 2 * tasks,
            ]
        }
        return row
    }
}

struct SweepPageTests {
    private func verdict(_ sweep: SampleSweep) throws -> String {
        SweepVerdict.sentences(try sweep.result()).joined(separator: " ")
    }

    @Test func pageHasAllSections() throws {
        let page = HTMLReport.sweep(try SampleSweep().result(), configuration: "tasks: [2]", version: "0")
            .html
        for title in [
            "Parameters against T", "Score against T", "Quantum heads against the others",
            "Score against head parameters", "Cost against T", "Resources", "Configuration",
        ] {
            #expect(page.contains("<h2>\(title)</h2>"))
        }
        let prefix = "<!DOCTYPE html>\n"
        #expect(page.hasPrefix(prefix) && XMLTree.isWellFormed(String(page.dropFirst(prefix.count))))
    }

    @Test func growthIsJudgedByTheNumbers() throws {
        let text = try verdict(SampleSweep())
        #expect(text.contains("T^1.00 for quantum:paper and T^1.99 for linear from T = 16 on"))
        #expect(text.contains("against the dense head's quadratic growth holds."))
        #expect(text.contains("sliced grows linearly too: linear growth alone says nothing for a circuit."))
        #expect(text.contains("At T = 64 the linear head has 24 times the head parameters of quantum:paper"))
    }

    @Test func lossAgainstOneAndWinAgainstAnotherArePlain() throws {
        let text = try verdict(SampleSweep())
        #expect(text.contains("Against linear, quantum:paper is significantly worse at every T"))
        #expect(text.contains("Against sliced, quantum:paper is significantly better at every T"))
        #expect(
            text.contains(
                "a linear slice does not account for its score at every T; with 2 times the head parameters"))
        #expect(!text.contains("circuit helps at"), "a larger head's lead is not put down to its circuit")
    }

    @Test func whereTheCircuitHelpsIsNamed() throws {
        var sweep = SampleSweep()
        sweep.level = { head, tasks in head == "quantum" && tasks <= 4 ? 0.95 : 0.90 }
        let text = try verdict(sweep)
        #expect(text.contains("significantly better at T = 2 and 4"))
        #expect(text.contains("does not account for its score at T = 2 and 4;"))
        sweep.level = { _, _ in 0.90 }
        #expect(
            try verdict(sweep).contains("at no number of tasks do these runs show that the circuit helps"))
    }

    @Test func otherHeadsWithACircuitAreBaselines() throws {
        var sweep = SampleSweep()
        sweep.heads = ["quantum", "linear", "sliced", "residual"]
        let text = try verdict(sweep)
        #expect(text.contains("Linear growth against the dense head's quadratic growth holds."))
        #expect(
            text.contains(
                "The verdict is about quantum:paper; other heads with a circuit (residual) are baselines."))
        #expect(
            text.contains("Against residual, quantum:paper is") && !text.contains("Against linear, residual"))
    }

    @Test func differentSeedsAreNotTested() throws {
        var sweep = SampleSweep()
        sweep.lastSeeds = [7, 8]
        #expect(
            try verdict(sweep).contains("Against sliced, quantum:paper is untested for want of common seeds"))
        #expect(try sweep.result().tests("quantum:paper", against: "sliced").isEmpty)
    }

    @Test func withoutScoresOrCircuitsThereIsStillAPage() throws {
        var sweep = SampleSweep()
        sweep.seeds = []
        let text = try verdict(sweep)
        #expect(text.contains("holds.") && !text.contains("Against linear"))
        sweep.heads = ["linear", "sliced"]
        #expect(try verdict(sweep).hasPrefix("There is no quantum head here"))
        sweep.tasks = [2]
        #expect(
            HTMLReport.sweep(try sweep.result(), configuration: "", version: "0").html.contains("</html>"))
    }

    @Test func testsAreCorrectedOverNumbersOfTasks() throws {
        let tests = try SampleSweep().result().tests("quantum:paper", against: "linear")
        #expect(tests.map(\.tasks) == [2, 4, 8, 16, 32, 64])
        let adjusted = holmAdjusted(tests.map(\.test.uncorrectedP))
        #expect(tests.map(\.test.p) == adjusted)
    }
}
