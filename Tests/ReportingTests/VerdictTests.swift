import Experiments
import Reporting
import Testing
import Training

/// Verdicts are read by people who will not look at the table, so each outcome has its own words.
struct VerdictTests {
    private func verdict(
        quantum: [Double], linear: [Double]? = nil, sliced: [Double]? = nil, slicedSize: Int = 40
    ) throws -> String {
        var runs: [RunResult] = []
        for (name, scores, size) in [
            ("quantum", quantum, 30), ("linear", linear, 300), ("sliced", sliced, slicedSize),
        ] {
            for (seed, score) in (scores ?? []).enumerated() {
                runs.append(
                    RunResult(
                        dataset: "digits", samples: .init(train: 100, validation: 20, test: 20), head: name,
                        preset: name == "quantum" ? "paper" : nil,
                        backend: "cpu",
                        device: "test", seed: UInt64(seed), version: "0",
                        parameters: .init(head: size, interface: 100),
                        circuit: nil, tasks: [SampleResults.task("even", score: score)],
                        macro: .init(validation: score, test: score), bestEpoch: 1,
                        seconds: .init(train: 1, perStep: 0.1)))
            }
        }
        return Verdict.sentences(try HeadComparison.make(runs, report: "")).joined(separator: " ")
    }

    @Test func lossIsPlain() throws {
        let text = try verdict(
            quantum: [0.90, 0.91, 0.92], linear: [0.98, 0.99, 0.985], sliced: [0.95, 0.96, 0.968])
        #expect(text.contains("linear has the highest mean macro test score"))
        #expect(text.contains("significantly worse than linear (−0.075"))
        #expect(text.contains("no sign that the circuit helps"))
        #expect(text.contains("10 times fewer than the dense linear head's 300"))
    }

    @Test func winIsPlain() throws {
        let text = try verdict(
            quantum: [0.98, 0.99, 0.985], linear: [0.90, 0.91, 0.92], sliced: [0.90, 0.91, 0.92])
        #expect(text.contains("quantum has the highest mean macro test score"))
        #expect(text.contains("significantly better than linear"))
        #expect(text.contains("here the circuit helps"))
    }

    @Test func aLargerHeadsWinIsNotPutDownToItsCircuit() throws {
        let text = try verdict(
            quantum: [0.98, 0.99, 0.985], sliced: [0.90, 0.91, 0.92], slicedSize: 12)
        #expect(text.contains("2.5 times its head parameters: this alone does not show"))
        #expect(!text.contains("here the circuit helps"))
    }

    @Test func leadWithoutSignificanceIsNoWin() throws {
        let text = try verdict(quantum: [0.90, 0.99, 0.95], sliced: [0.95, 0.93, 0.94])
        #expect(text.contains("not significantly different from sliced (+0.007"))
        #expect(text.contains("is not significant: these runs do not show that the circuit helps"))
        #expect(text.contains("a test has little power"))
    }

    @Test func primaryPairsComeFirstAndGainsAreTold() throws {
        let text = Verdict.sentences(try SampleResults.plannedComparison()).joined(separator: " ")
        #expect(text.contains("In the primary comparisons it is significantly worse than sliced (−0.004"))
        #expect(text.contains("In exploratory ones it is significantly worse than linear"))
        #expect(text.contains("against learning each task alone: −20.0 % for linear (95% interval −"))
        let plain = Verdict.sentences(try SampleResults.comparison()).joined(separator: " ")
        #expect(!plain.contains("primary") && !plain.contains("Multi-task gain"))
    }

    @Test func otherHeadsWithACircuitAreBaselines() throws {
        var comparison = try SampleResults.comparison()
        comparison.heads[1].circuit = comparison.heads[0].circuit
        let text = Verdict.sentences(comparison).joined(separator: " ")
        #expect(!text.contains("linear reaches"))
        comparison.heads[0].preset = nil
        #expect(Verdict.sentences(comparison).joined(separator: " ").contains("linear reaches"))
    }

    @Test func oneSeedIsUntested() throws {
        let text = try verdict(quantum: [0.95], linear: [0.90])
        #expect(text.contains("0.950 (one seed)") && text.contains("untested against linear (+0.050)"))
        #expect(text.contains("any difference may be chance") && !text.contains("significant"))
    }

    @Test func smallerAndBetterRivalIsNamed() throws {
        var comparison = try SampleResults.comparison()
        comparison.heads[2].parameters = .init(head: 10, interface: 3315)
        let text = Verdict.sentences(comparison).joined(separator: " ")
        #expect(text.contains("sliced does at least as well with no more head parameters."))
        let frontier = Verdict.sentences(try SampleResults.comparison()).joined(separator: " ")
        #expect(frontier.contains("No other head has at least its mean score with as few head parameters."))
    }

    @Test func runSaysWhenItWasStillImproving() {
        let head = SampleResults.heads[0]
        var result = SampleResults.run(head, seed: 0)
        let history = SampleResults.history(head, seed: 0)
        #expect(!Verdict.sentences(result, history: history).joined().contains("longer training"))
        result.bestEpoch = 30
        #expect(
            Verdict.sentences(result, history: history).joined().contains("longer training may still help"))
    }
}
