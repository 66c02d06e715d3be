import Experiments
import Testing
import Training

private func run(
    _ head: String, preset: String? = nil, seed: UInt64, fold: Int? = nil, score: Double,
    dataset: String = "digits", task: String = "even", alone: Bool = false
) -> RunResult {
    // A model of one task is smaller.
    let parameters = RunResult.Parameters(head: alone ? 3 : 10, interface: alone ? 5 : 20)
    return RunResult(
        dataset: dataset, fold: fold, samples: RunResult.Samples(train: 60, validation: 20, test: 20),
        head: head, preset: preset, backend: "cpu", device: "test", seed: seed,
        version: "0",
        parameters: parameters, circuit: nil,
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

    @Test func primaryPairsAreAFamilyOfTheirOwn() throws {
        let all =
            runs("quantum", preset: "paper", a) + runs("linear", b) + runs("sliced", b.map { 0.75 * $0 })
            + runs("mlp", b.map { $0 - 0.01 })
        let one = try HeadComparison.make(all, report: "")
        #expect(one.tests.allSatisfy { $0.family == nil })
        let primary = PrimaryComparisons(
            HeadChoice(.quantum), against: [HeadChoice(.linear), HeadChoice(.mlp)])
        let two = try HeadComparison.make(all, primary: primary, report: "")
        #expect(
            two.tests.map(\.family) == [
                .primary, .exploratory, .primary, .exploratory, .exploratory, .exploratory,
            ])
        #expect(two.tests.map(\.uncorrectedP) == one.tests.map(\.uncorrectedP))
        for family in [HeadComparison.TestFamily.primary, .exploratory] {
            let tests = two.tests.filter { $0.family == family }
            #expect(tests.map(\.p) == holmAdjusted(tests.map(\.uncorrectedP)))
        }
        // Fewer tests cost less: the same difference has a smaller p among two than among six.
        #expect(two.tests[2].p < one.tests[2].p)
        #expect(two.method.tests.contains("primary pairs (quantum against linear, mlp)"))
    }

    /// By hand: alone the scores are 0.4 and 0.6, 0.5 on average.
    ///
    /// Together they are 0.6 and 0.7. So changes are 0.4 and 0.2.
    @Test func theGainIsThatOfRunsMadeBothWays() throws {
        let alone = [
            run("linear", seed: 0, score: 0.4, alone: true), run("linear", seed: 1, score: 0.6, alone: true),
            run("linear", seed: 2, score: 0.9, task: "odd", alone: true),
        ]
        let comparison = try HeadComparison.make(
            runs("quantum", [0.5, 0.5, 0.5]) + runs("linear", [0.6, 0.7, 0.8]), alone: alone, report: "")
        #expect(comparison.heads[0].multiTaskGain == nil)
        let gain = try #require(comparison.heads[1].multiTaskGain)
        #expect(gain.runs == 2 && gain.tasks.map(\.name) == ["even"])
        #expect(abs(try #require(gain.mean).mean - 0.3) < 1e-12)
        #expect(abs(gain.tasks[0].alone.mean - 0.5) < 1e-12 && gain.tasks[0].change == gain.mean)
        #expect(gain.parameters == RunResult.Parameters(head: 3, interface: 5))
        #expect(abs(gain.seconds - 5) < 1e-12)
        // Student's t with one degree of freedom: 12.7 standard errors of 0.1.
        #expect(abs(try #require(gain.mean).ci95[1] - (0.3 + 1.2706204736174694)) < 1e-9)
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
