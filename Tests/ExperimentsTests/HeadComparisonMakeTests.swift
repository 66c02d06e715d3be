import Experiments
import Testing
import Training

private func run(
    _ head: String, preset: String? = nil, seed: UInt64, fold: Int? = nil, score: Double,
    dataset: String = "digits", task: String = "even"
) -> RunResult {
    RunResult(
        dataset: dataset, fold: fold, samples: RunResult.Samples(train: 60, validation: 20, test: 20),
        head: head, preset: preset, backend: "cpu", device: "test", seed: seed,
        version: "0",
        parameters: RunResult.Parameters(head: 10, interface: 20), circuit: nil,
        tasks: [
            RunResult.TaskScore(
                name: task, kind: "binary", metric: "accuracy", validation: score, test: score, loss: 0.1,
                calibrationError: 0.02, brier: 0.03,
                calibrated: RunResult.Calibrated(
                    temperature: 1.5, loss: 0.08, calibrationError: 0.01, brier: 0.025, reliability: []))
        ],
        macro: RunResult.Macro(validation: score + 0.01, test: score), bestEpoch: 3,
        seconds: RunResult.Seconds(train: score * 10, perStep: 0.001))
}

private func runs(_ head: String, preset: String? = nil, _ scores: [Double]) -> [RunResult] {
    scores.enumerated().map { run(head, preset: preset, seed: UInt64($0.offset), score: $0.element) }
}

struct HeadComparisonMakeTests {
    private let a = [0.941, 0.958, 0.949, 0.962, 0.937]
    private let b = [0.938, 0.951, 0.950, 0.948, 0.929]

    @Test func summarisesEveryHead() throws {
        let comparison = try HeadComparison.make(
            runs("quantum", a) + runs("linear", b), report: "report.html")
        #expect(comparison.heads.map(\.head) == ["quantum", "linear"])
        let quantum = comparison.heads[0]
        #expect(quantum.seeds == [0, 1, 2, 3, 4])
        #expect(quantum.macroTestRuns == a)
        #expect(quantum.macro.test == HeadComparison.Summary(of: a))
        #expect(quantum.macro.validation.mean > quantum.macro.test.mean)
        #expect(quantum.tasks[0].test == quantum.macro.test)
        #expect(
            quantum.tasks[0].calibration?.raw.calibrationError
                == HeadComparison.Summary(of: [0.02, 0.02, 0.02, 0.02, 0.02]))
        #expect(
            quantum.calibration?.scaled.brier
                == HeadComparison.Summary(of: [0.025, 0.025, 0.025, 0.025, 0.025]))
        #expect(quantum.calibration == quantum.tasks[0].calibration)
        #expect(abs(quantum.seconds - 9.494) < 1e-12)
    }

    @Test func testsEveryPair() throws {
        let comparison = try HeadComparison.make(
            runs("quantum", a) + runs("linear", b) + runs("sliced", b.map { 0.75 * $0 }), report: "")
        #expect(
            comparison.tests.map { "\($0.a) \($0.b)" } == [
                "quantum linear", "quantum sliced", "linear sliced",
            ])
        // scipy.stats.ttest_rel(a, b).pvalue is 0.0695; it is the largest of three, so Holm leaves it as it is.
        #expect(abs(comparison.tests[0].p - 0.06951676916365647) < 1e-12)
        #expect(abs(comparison.tests[0].effect - 0.0062) < 1e-12)
        // A quarter apart with a spread of a hundredth: significant after Holm too.
        #expect(comparison.tests[1].p < 1e-4)
    }

    @Test func equalDifferencesFallBackToSigns() throws {
        let comparison = try HeadComparison.make(
            runs("quantum", [0.75, 0.5, 0.25]) + runs("linear", [0.5, 0.25, 0]), report: "")
        #expect(comparison.tests[0].p == 0.25)
        let tie = try HeadComparison.make(runs("quantum", a) + runs("linear", a), report: "")
        #expect(tie.tests[0].p == 1 && tie.tests[0].effect == 0)
    }

    @Test func singleSeedHasNoTest() throws {
        let comparison = try HeadComparison.make(runs("quantum", [0.9]) + runs("linear", [0.8]), report: "")
        #expect(comparison.tests.isEmpty)
        #expect(
            comparison.heads[0].macro.test == HeadComparison.Summary(mean: 0.9, std: 0, ci95: [0.9, 0.9]))
    }

    @Test func presetsTellHeadsOfOneNameApart() throws {
        let comparison = try HeadComparison.make(
            runs("quantum", preset: "paper", a) + runs("quantum", preset: "separable", b) + runs("linear", b),
            report: "")
        #expect(
            comparison.heads.map(comparison.label(of:)) == ["quantum:paper", "quantum:separable", "linear"])
    }

    @Test func runsAreOrderedBySeed() throws {
        let comparison = try HeadComparison.make(
            runs("quantum", a).reversed() + runs("linear", b), report: "")
        #expect(comparison.heads[0].macroTestRuns == a)
    }

    @Test func refusesWhatCannotBePaired() {
        #expect(throws: ExperimentError.noRuns) { try HeadComparison.make([], report: "") }
        #expect(throws: ExperimentError.differentDatasets(first: "digits", second: "glue")) {
            try HeadComparison.make(
                [run("a", seed: 0, score: 1), run("b", seed: 0, score: 1, dataset: "glue")], report: "")
        }
        #expect(
            throws: ExperimentError.differentTasks(head: "b", seed: 0, tasks: ["odd"], expected: ["even"])
        ) {
            try HeadComparison.make(
                [run("a", seed: 0, score: 1), run("b", seed: 0, score: 1, task: "odd")], report: "")
        }
        let error = ExperimentError.differentRuns(
            head: "b", runs: ["seed 1"], other: "a", otherRuns: ["seed 0"])
        #expect(throws: error) {
            try HeadComparison.make([run("a", seed: 0, score: 1), run("b", seed: 1, score: 1)], report: "")
        }
        #expect(
            throws: ExperimentError.differentRuns(
                head: "b", runs: ["seed 0 fold 1"], other: "a", otherRuns: ["seed 0 fold 0"])
        ) {
            try HeadComparison.make(
                [run("a", seed: 0, fold: 0, score: 1), run("b", seed: 0, fold: 1, score: 1)], report: "")
        }
        #expect(error.description.contains("run every head with the same seeds"))
    }
}
