import Training

/// What a sweep over numbers of tasks reports: `sweep.json` of its folder and the answer of `qmtl sweep --json`.
public struct SweepResult: Codable, Sendable, Equatable {
    /// One head at one number of tasks.
    public struct Row: Codable, Sendable, Equatable {
        /// The head's kind.
        public var head: String
        /// Its preset; nil for classical heads.
        public var preset: String?
        /// The number of tasks `T`.
        public var tasks: Int
        /// Parameter counts.
        public var parameters: RunResult.Parameters
        /// The circuit's size; nil for classical heads.
        public var circuit: RunResult.CircuitSize?
        /// Measurement settings that a sample needs on a device; nil for classical heads.
        public var measurementSettings: Int?
        /// Floating-point operations of the circuits in a training step, values and gradients; nil for classical heads.
        public var circuitOperations: Double?
        /// The median seconds of a training step of `batch` samples; nil where it could not be measured.
        public var secondsPerStep: Double?
        /// The most memory the program held while training, in MiB.
        public var memoryMB: Double?
        /// Kernel launches a training step; nil where a backend has none.
        public var launchesPerStep: Int?
        /// The device that was timed.
        public var device: String?
        /// The mean test score over tasks, over seeds, its interval the bootstrap's over test samples and seeds; nil for
        /// heads that are only counted.
        public var score: HeadComparison.Summary?
        /// The mean validation score over tasks, over seeds.
        public var validation: HeadComparison.Summary?
        /// The seeds of the scores.
        public var seeds: [UInt64]
        /// The test score of each seed.
        public var scoreRuns: [Double]

        private enum CodingKeys: String, CodingKey {
            case head, preset, tasks, parameters, circuit, device, score, validation, seeds
            case measurementSettings = "measurement_settings"
            case circuitOperations = "circuit_flops_per_step"
            case secondsPerStep = "seconds_per_step"
            case memoryMB = "memory_mb"
            case launchesPerStep = "launches_per_step"
            case scoreRuns = "score_runs"
        }
    }

    /// How a head's parameters grow with the number of tasks.
    public struct Exponent: Codable, Sendable, Equatable {
        /// The head's kind.
        public var head: String
        /// Its preset; nil for classical heads.
        public var preset: String?
        /// The formula of its count.
        public var formula: String
        /// The exponent of the fitted power of `T`.
        public var exponent: Double
        /// Its 95% interval; nil for two numbers of tasks.
        public var ci95: [Double]?
        /// The exponent where tasks are many and the leading term outweighs the rest; see `GrowthFit`.
        public var leading: Double
        /// The number of tasks from which `leading` is fitted.
        public var leadingFrom: Int

        private enum CodingKeys: String, CodingKey {
            case head, preset, formula, exponent, ci95, leading
            case leadingFrom = "leading_from"
        }
    }

    /// The data set's family.
    public var dataset: String
    /// Samples of a training step.
    public var batch: Int
    /// Epochs of a scored run, at most.
    public var epochs: Int
    /// Heads by numbers of tasks.
    public var rows: [Row]
    /// The growth of each head's own parameters.
    public var exponents: [Exponent]
    /// Runs and measurements that ended with an error; nil where none did.
    public var failures: [Grid.Failure]?
    /// The path of the report page.
    public var report: String
}

extension SweepResult {
    /// What the folder of a sweep holds so far.
    /// - Parameters:
    ///   - configuration: the sweep.
    ///   - scaling: the parameters of every head, head by head, in the order of `configuration.allHeads` and `.tasks`.
    ///   - costs: what has been measured.
    ///   - results: the finished runs.
    ///   - predictions: what a run predicts for the test samples.
    ///   - failures: what failed.
    ///   - report: the path of the report page.
    public static func make(
        _ configuration: SweepConfiguration, scaling: [[ParameterScaling.Row]], costs: SweepCosts,
        results: [Grid.Result], predictions: (Grid.Result) throws -> [TaskPredictions],
        failures: [Grid.Failure], report: String
    ) rethrows -> SweepResult {
        let rows = try scaling.joined().map { row in
            let cost = costs.cost(SweepCosts.Place(head: row.head, tasks: row.tasks))
            let own = results.filter { $0.cell.head == row.head && $0.cell.tasks == row.tasks }
                .sorted { $0.result.seed < $1.result.seed }
            let runs = own.map(\.result)
            func summary(_ score: (RunResult) -> Double) -> HeadComparison.Summary? {
                runs.isEmpty ? nil : HeadComparison.Summary(of: runs.map(score))
            }
            var score = summary(\.macro.test)
            score?.ci95 = try Self.interval(own, predictions)
            return Row(
                head: row.head.kind.rawValue, preset: row.head.preset?.name, tasks: row.tasks,
                parameters: row.parameters, circuit: row.circuit.map { RunResult.CircuitSize($0) },
                measurementSettings: row.measurementSettings, circuitOperations: row.circuitOperations,
                secondsPerStep: cost?.secondsPerStep, memoryMB: cost?.memoryMB,
                launchesPerStep: cost?.launchesPerStep, device: cost?.device,
                score: score, validation: summary(\.macro.validation),
                seeds: runs.map(\.seed), scoreRuns: runs.map(\.macro.test))
        }
        let exponents = scaling.compactMap { rows -> Exponent? in
            guard let first = rows.first,
                let growth = GrowthFit(
                    tasks: rows.map(\.tasks), values: rows.map { Double($0.parameters.head) })
            else { return nil }
            let law = growth.whole
            return Exponent(
                head: first.head.kind.rawValue, preset: first.head.preset?.name, formula: first.formula.text,
                exponent: law.exponent, ci95: law.exponentInterval.map { [$0.lower, $0.upper] },
                leading: growth.leading.exponent, leadingFrom: growth.leadingFrom)
        }
        return SweepResult(
            dataset: configuration.run.dataset.name, batch: configuration.run.batch,
            epochs: configuration.run.epochs, rows: rows, exponents: exponents,
            failures: failures.isEmpty ? nil : failures, report: report)
    }

    /// Enough for the ends of a 95% interval, and of a thousand tasks as many as one likes to wait for.
    private static let resamples = 500

    /// The 95% interval of the mean score of runs of one head on the same tasks.
    private static func interval(
        _ runs: [Grid.Result], _ predictions: (Grid.Result) throws -> [TaskPredictions]
    ) rethrows -> [Double] {
        guard !runs.isEmpty else { return [] }
        let bootstrap = ScoreBootstrap(
            try runs.map {
                ScoreBootstrap.Run(seed: $0.result.seed, fold: nil, predictions: try predictions($0))
            })
        let interval = bootstrap.intervals(resamples: resamples).macro
        return [interval.lower, interval.upper]
    }
}
