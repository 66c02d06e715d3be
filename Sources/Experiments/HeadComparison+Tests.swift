import Datasets
import Randomness

extension HeadComparison {
    /// The paired tests of every pair of heads: on the mean over tasks, and on each task.
    ///
    /// A p-value is that of `PairedTTest` over the pairs of `RunPairing`: with three seeds a permutation test cannot go below
    /// 0.25, whatever the scores. Where all differences of a pair are equal, t is not defined and the exact permutation test
    /// takes its place. One pair allows no test, and none is given. Holm's correction is over all pairs of heads of a family
    /// for the mean over tasks, and over the tasks of one pair of heads for the tasks.
    /// - Parameters:
    ///   - scores: test scores, `[head][run][task]`.
    ///   - primary: the pairs of a family of their own.
    func pairedTests(
        _ scores: [[[Double]]], pairing: RunPairing, primary: PrimaryComparisons?
    ) -> (macro: [PairedTest], tasks: [PairedTest]) {
        guard pairing.count > 1 else { return ([], []) }
        let choices = heads.map {
            HeadChoice(named: [$0.head, $0.preset].compactMap(\.self).joined(separator: ":"))
        }
        var macro: [PairedTest] = []
        var tasks: [PairedTest] = []
        for (index, a) in heads.enumerated() {
            for (other, b) in heads.enumerated().dropFirst(index + 1) {
                let family = primary.map {
                    $0.contains(choices[index], choices[other]) ? TestFamily.primary : .exploratory
                }
                func test(_ task: String?, _ own: [Double], _ rival: [Double]) -> PairedTest {
                    var test = PairedTest(
                        task: task, a: label(of: a), b: label(of: b), pairing.means(own),
                        pairing.means(rival), testShare: pairing.testShare)
                    test.family = family
                    return test
                }
                macro.append(test(nil, a.macroTestRuns, b.macroTestRuns))
                guard a.tasks.count > 1 else { continue }
                tasks += Self.corrected(
                    a.tasks.enumerated().map { position, task in
                        test(
                            task.name, scores[index].map { $0[position] },
                            scores[other].map { $0[position] })
                    })
            }
        }
        return (Self.correctedByFamily(macro), tasks)
    }

    private static func correctedByFamily(_ tests: [PairedTest]) -> [PairedTest] {
        var tests = tests
        for family in Set(tests.map(\.family)) {
            let members = tests.indices.filter { tests[$0].family == family }
            for (index, test) in zip(members, corrected(members.map { tests[$0] })) { tests[index] = test }
        }
        return tests
    }

    private static func corrected(_ tests: [PairedTest]) -> [PairedTest] {
        zip(tests, holmAdjusted(tests.map(\.uncorrectedP))).map { test, p in
            var test = test
            test.p = p
            return test
        }
    }
}

extension HeadComparison.PairedTest {
    /// The test of `own` scores against a `rival`'s, pair by pair.
    init(task: String?, a: String, b: String, _ own: [Double], _ rival: [Double], testShare: Double) {
        let test = PairedTTest(own, rival, testShare: testShare)
        // Up to 16 pairs nothing is drawn; beyond, the seed is fixed: the same runs give the same p.
        var generator = Philox(seed: 0, purpose: .resampling)
        let p = test?.p ?? pairedPermutationTest(own, rival, using: &generator)
        self.init(
            task: task, a: a, b: b, p: p, uncorrectedP: p, effect: pairedDifferences(own, rival).mean,
            ci95: test.map { [$0.interval.lower, $0.interval.upper] },
            effectSize: pairedEffectSize(own, rival), cliffsDelta: Experiments.cliffsDelta(own, rival))
    }
}

extension HeadComparison.Method {
    /// The sentences on runs that are paired so.
    init(_ pairing: RunPairing, seedCount: Int, bootstraps: Bool, primary: PrimaryComparisons?) {
        let samples = pairing.isByFold ? "the test samples of each fold" : "the test samples"
        if bootstraps {
            intervals =
                seedCount > 1
                ? """
                Intervals of scores are 95% bootstrap intervals over \(samples) and over seeds, resampled independently; \
                they do not tell what other training data would change.
                """
                : """
                Intervals of scores are 95% bootstrap intervals over \(samples); with one seed they do not tell what other \
                seeds would change, nor other training data.
                """
        } else {
            intervals =
                "Intervals of scores are Student's t over \(pairing.isByFold ? "folds, corrected for shared training samples" : "seeds"), 95%."
        }
        let families =
            primary.map {
                """
                over the primary pairs (\($0.head.name) against \($0.against.map(\.name).joined(separator: ", "))) and, apart \
                from them, over all others, which are exploratory; on tasks over the tasks of a pair
                """
            } ?? "over pairs of heads, and on tasks over the tasks of a pair"
        if pairing.count < 2 {
            tests = "One run per head allows no test."
        } else if pairing.isByFold {
            tests = """
                Two-sided corrected resampled t-tests (Nadeau and Bengio 2003) over \(pairing.count) folds, the seeds of a \
                fold averaged; Holm-adjusted \(families).
                """
        } else {
            tests = """
                Two-sided paired t-tests over \(pairing.count) seeds on one split; Holm-adjusted \(families).
                """
        }
    }
}
