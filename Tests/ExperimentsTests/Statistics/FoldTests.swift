import Experiments
import Testing
import Training

/// Two heads on five folds with two seeds each, `[fold][seed]`; 20 test and 60 training samples a fold.
private let foldsA = [[0.81, 0.83], [0.78, 0.80], [0.85, 0.84], [0.79, 0.82], [0.88, 0.86]]
private let foldsB = [[0.80, 0.79], [0.79, 0.77], [0.82, 0.80], [0.75, 0.78], [0.84, 0.85]]

private func runs(_ head: String, _ scores: [[Double]]) -> [RunResult] {
    scores.enumerated().flatMap { fold, scores in
        scores.enumerated().map { seed, score in
            RunResult(
                dataset: "folded", fold: fold, samples: .init(train: 60, validation: 20, test: 20),
                head: head, preset: nil, backend: "cpu", device: "test", seed: UInt64(seed), version: "0",
                parameters: .init(head: 1, interface: 1), circuit: nil,
                tasks: ["first", "second"].map { name in
                    RunResult.TaskScore(
                        name: name, kind: "binary", metric: "accuracy", validation: score,
                        test: name == "first" ? score : 1 - score, loss: 0)
                }, macro: .init(validation: score, test: score), bestEpoch: 1,
                seconds: .init(train: 1, perStep: 1))
        }
    }
}

/// Golden values of `make_fold_tests.py`.
struct FoldTests {
    private let tolerance = 1e-12

    @Test func foldsAreNotIndependent() throws {
        let comparison = try HeadComparison.make(runs("a", foldsA) + runs("b", foldsB), report: "")
        let test = try #require(comparison.tests.first)
        #expect(abs(test.effect - 0.027) < tolerance)
        #expect(abs(test.p - 0.0325313289680808) < tolerance)
        #expect(abs(try #require(test.ci95)[0] - 0.0036602395506332257) < tolerance)
        #expect(abs(try #require(test.ci95)[1] - 0.05033976044936675) < tolerance)
        #expect(abs(try #require(test.effectSize) - 2.3456101109205765) < tolerance)
        #expect(comparison.heads[0].folds == [0, 1, 2, 3, 4, 0, 1, 2, 3, 4])
        #expect(comparison.heads[0].seeds == [0, 0, 0, 0, 0, 1, 1, 1, 1, 1])
        #expect(comparison.method.tests.contains("over 5 folds"))
    }

    /// Ten runs taken as independent would say 0.0009, five folds without the correction 0.006.
    @Test func theCorrectionIsCautious() throws {
        let pairs = (foldsA.map { ($0[0] + $0[1]) / 2 }, foldsB.map { ($0[0] + $0[1]) / 2 })
        let uncorrected = try #require(PairedTTest(pairs.0, pairs.1)).p
        #expect(abs(uncorrected - 0.006318929342596214) < tolerance)
        #expect(try #require(PairedTTest(pairs.0, pairs.1, testShare: 1 / 3.0)).p > 2 * uncorrected)
    }

    @Test func tasksAreCorrectedAmongThemselves() throws {
        let comparison = try HeadComparison.make(runs("a", foldsA) + runs("b", foldsB), report: "")
        #expect(comparison.taskTests.map(\.task) == ["first", "second"])
        let (first, second) = (comparison.taskTests[0], comparison.taskTests[1])
        // The second task's scores are one minus the first's: the same test the other way round, and two tests of one size.
        #expect(abs(first.effect + second.effect) < tolerance)
        #expect(abs(first.uncorrectedP - second.uncorrectedP) < tolerance)
        #expect(abs(first.p - 2 * first.uncorrectedP) < tolerance)
    }

    @Test func oneFoldIsOneSplit() throws {
        let comparison = try HeadComparison.make(
            runs("a", [foldsA[0]]) + runs("b", [foldsB[0]]), report: "")
        #expect(comparison.heads[0].folds == nil)
        #expect(comparison.method.tests.contains("over 2 seeds on one split"))
    }
}
