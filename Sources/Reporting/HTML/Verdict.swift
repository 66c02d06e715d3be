import Experiments
import Training

/// What results say, in sentences computed from the numbers alone; a loss is worded as plainly as a win.
package enum Verdict {
    /// P-values below this are called significant.
    static let significanceLevel = 0.05

    /// What a comparison shows, the most important sentence first.
    package static func sentences(_ comparison: HeadComparison) -> [String] {
        guard let first = comparison.heads.first else { return ["There are no runs to compare."] }
        var sentences = [leaders(comparison)]
        for (number, index) in VerdictSubjects.positions(in: comparison).enumerated() {
            let judged = QuantumVerdict(comparison, index)
            // The sizes of the first are those of its ablations, too.
            sentences +=
                (number == 0
                ? [judged.differences, judged.parameters, judged.nullHypothesis, judged.tasksAndFrontier]
                : [judged.differences, judged.tasksAndFrontier]).compactMap(\.self)
        }
        if comparison.heads.count > 1 {
            if comparison.tests.isEmpty {
                sentences.append(
                    "There is one run per head, so no test is made and any difference may be chance.")
            } else if first.pairCount < 5, comparison.tests.contains(where: { $0.p >= significanceLevel }) {
                sentences.append(
                    """
                    With \(first.runsText) a test has little power: a difference that is not significant is not shown to be \
                    absent.
                    """)
            }
        }
        if let gain = gain(comparison) { sentences.append(gain) }
        if let calibration = calibration(comparison) { sentences.append(calibration) }
        if let failures = comparison.failures {
            sentences.append(
                "\(NumberText.plural(failures.count, "run")) failed and \(failures.count == 1 ? "is" : "are") not in these numbers."
            )
        }
        if comparison.heads[0].tasks.contains(where: { !Ranking.largerIsBetter(metric: $0.metric) }) {
            sentences.append(
                "Some tasks are scored by rmse, where smaller is better: read their rows, not the macro score."
            )
        }
        return sentences
    }

    private static func leaders(_ comparison: HeadComparison) -> String {
        let heads = comparison.heads
        func score(_ head: HeadComparison.Head) -> String {
            let test = head.macro.test
            return head.seeds.count > 1
                ? "\(NumberText.spread(test.mean, test.std)) over \(head.runsText)"
                : "\(NumberText.fixed(test.mean)) (one seed)"
        }
        guard heads.count > 1 else {
            return "\(comparison.label(of: heads[0])) reaches a macro test score of \(score(heads[0]))."
        }
        let best = Ranking.best(heads.map(\.macro.test.mean), largerIsBetter: true).sorted()
        guard let first = best.first else { return "No head has a finite macro test score." }
        let names = NumberText.list(best.map { comparison.label(of: heads[$0]) })
        return best.count == 1
            ? "\(names) has the highest mean macro test score: \(score(heads[first]))."
            : "\(names) share the highest mean macro test score: \(score(heads[first]))."
    }

    /// What learning tasks together is worth, head by head.
    private static func gain(_ comparison: HeadComparison) -> String? {
        let gains = comparison.heads.compactMap { head -> String? in
            guard let gain = head.multiTaskGain?.mean else { return nil }
            let interval =
                head.pairCount > 1
                ? " (95% interval \(gain.ci95.map { NumberText.signedPercent($0) }.joined(separator: " to ")))"
                : ""
            return "\(NumberText.signedPercent(gain.mean)) for \(comparison.label(of: head))\(interval)"
        }
        guard !gains.isEmpty else { return nil }
        return """
            Multi-task gain, the mean relative change of test scores against learning each task alone: \
            \(NumberText.list(gains)); above zero learning together is better.
            """
    }

    /// Whose stated confidence can be trusted, and what a temperature mends.
    private static func calibration(_ comparison: HeadComparison) -> String? {
        let heads = comparison.heads.filter { $0.calibration != nil }
        let errors = heads.compactMap { $0.calibration?.raw.calibrationError.mean }
        guard heads.count > 1,
            let best = Ranking.best(errors, largerIsBetter: false).sorted().first,
            let worst = Ranking.best(errors, largerIsBetter: true).sorted().first, best != worst
        else { return nil }
        func words(_ index: Int) -> String {
            let scaled =
                heads[index].calibration.map { NumberText.fixed($0.scaled.calibrationError.mean) } ?? ""
            return """
                \(comparison.label(of: heads[index])) by \(NumberText.fixed(errors[index])) (\(scaled) after temperature \
                scaling)
                """
        }
        return """
            Stated confidence is off least for \(words(best)) and most for \(words(worst)): expected calibration errors, means \
            over tasks.
            """
    }

    /// What a run shows.
    package static func sentences(_ result: RunResult, history: [EpochRecord]) -> [String] {
        var sentences = [
            """
            The macro test score is \(NumberText.fixed(result.macro.test)), with the parameters of epoch \
            \(result.bestEpoch), chosen on validation (\(NumberText.fixed(result.macro.validation))).
            """
        ]
        if let last = history.last?.epoch, last == result.bestEpoch, last > 1 {
            sentences.append("The best epoch is the last one: longer training may still help.")
        }
        let scored = result.tasks.filter(\.test.isFinite)
        if Set(scored.map(\.metric)).count == 1, scored.count > 1,
            let low = scored.min(by: { $0.test < $1.test }), let high = scored.max(by: { $0.test < $1.test })
        {
            sentences.append(
                """
                Scores (\(low.metric)) go from \(NumberText.fixed(low.test)) on \(low.name) to \
                \(NumberText.fixed(high.test)) on \(high.name).
                """)
        }
        let errors = result.tasks.compactMap(\.calibrationError).filter(\.isFinite)
        if !errors.isEmpty {
            let mean = NumberText.fixed(errors.mean)
            sentences.append(
                errors.count == 1
                    ? "Its stated confidence is off by \(mean) on average (expected calibration error)."
                    : "Its stated confidence is off by \(mean) on average (expected calibration error, mean of \(errors.count) tasks)."
            )
        }
        return sentences
    }
}

extension HeadComparison.Head {
    /// Whether the head computes with a circuit.
    var isQuantum: Bool { preset != nil || circuit != nil }

    /// The number of pairs a test has: folds where there are any, else seeds.
    var pairCount: Int { folds.map { Set($0).count } ?? seeds.count }

    /// What the runs are: `5 seeds`, or `5 folds of 2 seeds each`.
    var runsText: String {
        let seedText = NumberText.plural(Set(seeds).count, "seed")
        guard let folds else { return seedText }
        return NumberText.plural(Set(folds).count, "fold")
            + (Set(seeds).count > 1 ? " of \(seedText) each" : "")
    }
}
