import Training

extension HeadComparison {
    /// Compares heads over the same seeds and folds.
    ///
    /// The interval of a score is the bootstrap's over test samples and seeds where predictions are given, else Student's t
    /// over the pairs of `RunPairing`. See `pairedTests` for what a p-value is.
    /// Scores are means over tasks, so tasks judged by `rmse` (smaller is better) belong in a comparison of their own.
    /// - Parameters:
    ///   - runs: finished runs; heads keep the order of their first run.
    ///   - predictions: the test predictions of each run, in the order of `runs`; empty where they are not known.
    ///   - alone: finished runs on one task each, for the multi-task gain; heads without are given none.
    ///   - primary: the pairs that the comparison is made for; nil for one family of all pairs.
    ///   - report: the path of the report page.
    /// - Throws: `ExperimentError` when runs differ in data set, tasks, seeds or folds.
    public static func make(
        _ runs: [RunResult], predictions: [[TaskPredictions]] = [], alone: [RunResult] = [],
        primary: PrimaryComparisons? = nil, report: String
    ) throws(ExperimentError) -> HeadComparison {
        precondition(predictions.isEmpty || predictions.count == runs.count, "one set of predictions a run")
        guard let first = runs.first else { throw .noRuns }
        for run in runs { try check(run, against: first) }
        let groups = grouped(runs)
        let places = groups[0].map { RunPlace(runs[$0]) }
        for group in groups {
            let own = group.map { RunPlace(runs[$0]) }
            guard own == places else {
                throw .differentRuns(
                    head: runs[group[0]].head, runs: own.map(\.name), other: first.head,
                    otherRuns: places.map(\.name))
            }
        }
        let pairing = RunPairing(groups[0].map { runs[$0] })
        let heads = groups.map { group in
            Head(
                runs: group.map { runs[$0] },
                predictions: predictions.isEmpty ? [] : group.map { predictions[$0] },
                alone: alone, pairing: pairing)
        }
        var comparison = HeadComparison(
            dataset: first.dataset, heads: heads, tests: [], taskTests: [],
            method: Method(
                pairing, seedCount: Set(places.map(\.seed)).count, bootstraps: !predictions.isEmpty,
                primary: primary),
            report: report)
        let scores = groups.map { group in group.map { runs[$0].tasks.map(\.test) } }
        (comparison.tests, comparison.taskTests) = comparison.pairedTests(
            scores, pairing: pairing, primary: primary)
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

    /// Positions of the runs of one head and preset together, ordered by seed and fold.
    private static func grouped(_ runs: [RunResult]) -> [[Int]] {
        var groups: [[Int]] = []
        for (index, run) in runs.enumerated() {
            if let group = groups.firstIndex(where: {
                runs[$0[0]].head == run.head && runs[$0[0]].preset == run.preset
            }) {
                groups[group].append(index)
            } else {
                groups.append([index])
            }
        }
        return groups.map { $0.sorted { (RunPlace(runs[$0]), $0) < (RunPlace(runs[$1]), $1) } }
    }
}

/// Seed and fold of a run.
private struct RunPlace: Comparable {
    let seed: UInt64
    let fold: Int?

    init(_ run: RunResult) { (seed, fold) = (run.seed, run.fold) }

    var name: String { "seed \(seed)" + (fold.map { " fold \($0)" } ?? "") }

    static func < (a: RunPlace, b: RunPlace) -> Bool {
        (a.seed, a.fold ?? -1) < (b.seed, b.fold ?? -1)
    }
}

extension HeadComparison.Head {
    /// The row of the runs of one head, all on the same tasks.
    fileprivate init(
        runs: [RunResult], predictions: [[TaskPredictions]], alone: [RunResult], pairing: RunPairing
    ) {
        let first = runs[0]
        func summary(_ value: (RunResult) -> Double) -> HeadComparison.Summary {
            HeadComparison.Summary(of: runs.map(value), pairing: pairing)
        }
        self.init(
            head: first.head, preset: first.preset, seeds: runs.map(\.seed),
            folds: pairing.isByFold ? runs.compactMap(\.fold) : nil, parameters: first.parameters,
            circuit: first.circuit,
            macro: HeadComparison.Macro(
                validation: summary(\.macro.validation), test: summary(\.macro.test)),
            macroTestRuns: runs.map(\.macro.test),
            calibration: HeadComparison.Calibration(runs.map(\.tasks), pairing: pairing),
            tasks: first.tasks.enumerated().map { index, task in
                HeadComparison.TaskSummary(
                    name: task.name, metric: task.metric, test: summary(\.tasks[index].test),
                    calibration: HeadComparison.Calibration(
                        runs.map { [$0.tasks[index]] }, pairing: pairing))
            },
            seconds: runs.map(\.seconds.train).mean,
            multiTaskGain: HeadComparison.Gain(of: runs, alone: alone))
        guard !predictions.isEmpty else { return }
        let intervals = ScoreBootstrap(
            zip(runs, predictions).map {
                ScoreBootstrap.Run(seed: $0.seed, fold: $0.fold, predictions: $1)
            }
        ).intervals()
        macro.test.ci95 = [intervals.macro.lower, intervals.macro.upper]
        for (index, interval) in intervals.tasks.enumerated() {
            tasks[index].test.ci95 = [interval.lower, interval.upper]
        }
    }
}

extension HeadComparison.Calibration {
    /// The calibration of each run's tasks, their mean taken; nil where none has classes.
    fileprivate init?(_ runs: [[RunResult.TaskScore]], pairing: RunPairing) {
        let scored = runs.map { tasks in tasks.filter { $0.calibrated != nil } }
        guard scored.allSatisfy({ !$0.isEmpty }) else { return nil }
        func summary(_ value: (RunResult.TaskScore) -> Double?) -> HeadComparison.Summary {
            HeadComparison.Summary(of: scored.map { $0.compactMap(value).mean }, pairing: pairing)
        }
        self.init(
            raw: Scores(
                calibrationError: summary(\.calibrationError), brier: summary(\.brier),
                logLoss: summary(\.loss)),
            scaled: Scores(
                calibrationError: summary { $0.calibrated?.calibrationError },
                brier: summary { $0.calibrated?.brier }, logLoss: summary { $0.calibrated?.loss }),
            temperature: summary { $0.calibrated?.temperature })
    }
}
