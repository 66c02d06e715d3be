import Training

/// What a comparison of heads reports: `comparison.json` of its folder and the answer of `qmtl compare --json`.
public struct HeadComparison: Codable, Sendable, Equatable {
    /// A quantity over seeds (and folds).
    public struct Summary: Codable, Sendable, Equatable {
        /// The mean.
        public var mean: Double
        /// The sample standard deviation; 0 for a single value.
        public var std: Double
        /// The bounds of the 95% interval of the mean.
        public var ci95: [Double]

        /// A summary of known figures.
        public init(mean: Double, std: Double, ci95: [Double]) {
            self.mean = mean
            self.std = std
            self.ci95 = ci95
        }
    }

    /// Mean scores over tasks.
    public struct Macro: Codable, Sendable, Equatable {
        /// On the validation split.
        public var validation: Summary
        /// On the test split.
        public var test: Summary

        /// Summaries of both splits.
        public init(validation: Summary, test: Summary) {
            self.validation = validation
            self.test = test
        }
    }

    /// One task under one head.
    public struct TaskSummary: Codable, Sendable, Equatable {
        /// The task's name.
        public var name: String
        /// The metric of the score.
        public var metric: String
        /// The test score.
        public var test: Summary
        /// The expected calibration error on the test split; nil for regression.
        public var calibrationError: Summary?

        /// A task's summary.
        public init(name: String, metric: String, test: Summary, calibrationError: Summary? = nil) {
            self.name = name
            self.metric = metric
            self.test = test
            self.calibrationError = calibrationError
        }

        private enum CodingKeys: String, CodingKey {
            case name, metric, test
            case calibrationError = "calibration_error"
        }
    }

    /// One head over all seeds.
    public struct Head: Codable, Sendable, Equatable {
        /// The head's name.
        public var head: String
        /// Its preset; nil for classical heads.
        public var preset: String?
        /// The seeds, in order; run k of every head has the same splits and order.
        public var seeds: [UInt64]
        /// Parameter counts.
        public var parameters: RunResult.Parameters
        /// The circuit's size; nil for classical heads.
        public var circuit: RunResult.CircuitSize?
        /// Mean scores over tasks.
        public var macro: Macro
        /// The test macro score of every run, in the order of `seeds`.
        public var macroTestRuns: [Double]
        /// Every task.
        public var tasks: [TaskSummary]
        /// Training seconds of a run.
        public var seconds: Double

        /// A head's row.
        public init(
            head: String, preset: String?, seeds: [UInt64], parameters: RunResult.Parameters,
            circuit: RunResult.CircuitSize?, macro: Macro, macroTestRuns: [Double], tasks: [TaskSummary],
            seconds: Double
        ) {
            self.head = head
            self.preset = preset
            self.seeds = seeds
            self.parameters = parameters
            self.circuit = circuit
            self.macro = macro
            self.macroTestRuns = macroTestRuns
            self.tasks = tasks
            self.seconds = seconds
        }

        private enum CodingKeys: String, CodingKey {
            case head, preset, seeds, parameters, circuit, macro, tasks, seconds
            case macroTestRuns = "macro_test_runs"
        }
    }

    /// A paired test of two heads' macro test scores over the same seeds.
    public struct PairedTest: Codable, Sendable, Equatable {
        /// One head.
        public var a: String
        /// The other.
        public var b: String
        /// The two-sided p-value.
        public var p: Double
        /// The mean difference `a - b`.
        public var effect: Double

        /// A test's outcome.
        public init(a: String, b: String, p: Double, effect: Double) {
            self.a = a
            self.b = b
            self.p = p
            self.effect = effect
        }
    }

    /// The data set's name.
    public var dataset: String
    /// One row per head.
    public var heads: [Head]
    /// Every pair of heads.
    public var tests: [PairedTest]
    /// The path of the report page.
    public var report: String
    /// Runs that ended with an error; nil where none did.
    public var failures: [Grid.Failure]?

    /// A comparison's outcome.
    public init(dataset: String, heads: [Head], tests: [PairedTest], report: String) {
        self.dataset = dataset
        self.heads = heads
        self.tests = tests
        self.report = report
    }
}
