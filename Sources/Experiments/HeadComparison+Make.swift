import Randomness
import Training

extension HeadComparison {
    /// Compares heads over the same seeds.
    ///
    /// The headline p-value of a pair is the paired t-test's on the macro test scores, Holm-adjusted over all pairs: with
    /// three seeds a permutation test cannot go below 0.25, whatever the scores. Where all differences of a pair are equal,
    /// t is not defined and the exact permutation test takes its place. A single seed allows no test, and none is given.
    /// Scores are means over tasks, so tasks judged by `rmse` (smaller is better) belong in a comparison of their own.
    /// - Parameters:
    ///   - runs: finished runs; heads keep the order of their first run. Several runs of one head and seed are folds,
    ///     given in the same order for every head.
    ///   - report: the path of the report page.
    /// - Throws: `ExperimentError` when runs differ in data set, tasks or seeds.
    public static func make(
        _ runs: [RunResult], report: String
    ) throws(ExperimentError) -> HeadComparison {
        guard let first = runs.first else { throw .noRuns }
        for run in runs { try check(run, against: first) }
        let groups = grouped(runs)
        let seeds = groups[0].map(\.seed)
        for group in groups where group.map(\.seed) != seeds {
            throw .differentSeeds(
                head: group[0].head, seeds: group.map(\.seed), other: first.head, otherSeeds: seeds)
        }
        var comparison = HeadComparison(
            dataset: first.dataset, heads: groups.map(Head.init(runs:)), tests: [], report: report)
        comparison.tests = comparison.pairedTests()
        return comparison
    }

    /// The name by which tables and tests call a head: its `head`, and its preset where several rows share that.
    public func label(of head: Head) -> String {
        guard let preset = head.preset, heads.count(where: { $0.head == head.head }) > 1 else {
            return head.head
        }
        return "\(head.head):\(preset)"
    }

    private static func check(_ run: RunResult, against first: RunResult) throws(ExperimentError) {
        guard run.dataset == first.dataset else {
            throw .differentDatasets(first: first.dataset, second: run.dataset)
        }
        let expected = first.tasks.map(\.name)
        guard run.tasks.map(\.name) == expected else {
            throw .differentTasks(
                head: run.head, seed: run.seed, tasks: run.tasks.map(\.name), expected: expected)
        }
    }

    /// Runs of one head and preset together, ordered by seed; folds of a seed keep their order.
    private static func grouped(_ runs: [RunResult]) -> [[RunResult]] {
        var groups: [[RunResult]] = []
        for run in runs {
            if let index = groups.firstIndex(where: { $0[0].head == run.head && $0[0].preset == run.preset })
            {
                groups[index].append(run)
            } else {
                groups.append([run])
            }
        }
        return groups.map { group in
            group.enumerated()
                .sorted { ($0.element.seed, $0.offset) < ($1.element.seed, $1.offset) }
                .map(\.element)
        }
    }

    private func pairedTests() -> [PairedTest] {
        var tests: [PairedTest] = []
        for (index, a) in heads.enumerated() where a.seeds.count > 1 {
            for b in heads[(index + 1)...] {
                // Up to 16 pairs nothing is drawn; beyond, the seed is fixed: the same runs give the same p.
                var generator = Philox(seed: 0, purpose: .resampling)
                let p =
                    pairedTTest(a.macroTestRuns, b.macroTestRuns)
                    ?? pairedPermutationTest(a.macroTestRuns, b.macroTestRuns, using: &generator)
                let effect = pairedDifferences(a.macroTestRuns, b.macroTestRuns).mean
                tests.append(PairedTest(a: label(of: a), b: label(of: b), p: p, effect: effect))
            }
        }
        for (index, p) in holmAdjusted(tests.map(\.p)).enumerated() { tests[index].p = p }
        return tests
    }
}

extension HeadComparison.Head {
    /// The row of the runs of one head, all on the same tasks.
    init(runs: [RunResult]) {
        let first = runs[0]
        func summary(_ value: (RunResult) -> Double) -> HeadComparison.Summary {
            HeadComparison.Summary(of: runs.map(value))
        }
        self.init(
            head: first.head, preset: first.preset, seeds: runs.map(\.seed), parameters: first.parameters,
            circuit: first.circuit,
            macro: HeadComparison.Macro(
                validation: summary(\.macro.validation), test: summary(\.macro.test)),
            macroTestRuns: runs.map(\.macro.test),
            tasks: first.tasks.enumerated().map { index, task in
                let errors = runs.compactMap(\.tasks[index].calibrationError)
                return HeadComparison.TaskSummary(
                    name: task.name, metric: task.metric, test: summary(\.tasks[index].test),
                    calibrationError: errors.count == runs.count ? .init(of: errors) : nil)
            },
            seconds: runs.map(\.seconds.train).mean)
    }
}
