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

    /// How far predicted probabilities can be trusted; of several tasks the mean over those with classes.
    public struct Calibration: Codable, Sendable, Equatable {
        /// The usual three scores, smaller being better.
        public struct Scores: Codable, Sendable, Equatable {
            /// Expected calibration error (15 bins).
            public var calibrationError: Summary
            /// Brier score.
            public var brier: Summary
            /// Negative log-likelihood in nats.
            public var logLoss: Summary

            /// Summaries of the three.
            public init(calibrationError: Summary, brier: Summary, logLoss: Summary) {
                self.calibrationError = calibrationError
                self.brier = brier
                self.logLoss = logLoss
            }

            private enum CodingKeys: String, CodingKey {
                case brier
                case calibrationError = "calibration_error"
                case logLoss = "log_loss"
            }
        }

        /// Of the predictions as they are, on the test split.
        public var raw: Scores
        /// Of the same predictions after temperature scaling fitted on the validation split.
        public var scaled: Scores
        /// The temperature; above 1 predictions are overconfident.
        public var temperature: Summary

        /// Scores before and after scaling.
        public init(raw: Scores, scaled: Scores, temperature: Summary) {
            self.raw = raw
            self.scaled = scaled
            self.temperature = temperature
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
        /// The calibration on the test split; nil for regression.
        public var calibration: Calibration?

        /// A task's summary.
        public init(name: String, metric: String, test: Summary, calibration: Calibration? = nil) {
            self.name = name
            self.metric = metric
            self.test = test
            self.calibration = calibration
        }
    }

    /// One head over all seeds.
    public struct Head: Codable, Sendable, Equatable {
        /// The head's name.
        public var head: String
        /// Its preset; nil for classical heads.
        public var preset: String?
        /// The seed of each run, in order; run k of every head has the same splits and order.
        public var seeds: [UInt64]
        /// The fold of each run; nil where all runs are on one split.
        public var folds: [Int]?
        /// Parameter counts.
        public var parameters: RunResult.Parameters
        /// The circuit's size; nil for classical heads.
        public var circuit: RunResult.CircuitSize?
        /// Mean scores over tasks.
        public var macro: Macro
        /// The test macro score of every run, in the order of `seeds`.
        public var macroTestRuns: [Double]
        /// The mean calibration of the tasks with classes; nil where there is none.
        public var calibration: Calibration?
        /// Every task.
        public var tasks: [TaskSummary]
        /// Training seconds of a run.
        public var seconds: Double
        /// What learning all tasks together is worth; nil for heads that have not learnt them one by one, too.
        public var multiTaskGain: Gain?

        /// A head's row.
        public init(
            head: String, preset: String?, seeds: [UInt64], folds: [Int]? = nil,
            parameters: RunResult.Parameters, circuit: RunResult.CircuitSize?, macro: Macro,
            macroTestRuns: [Double], calibration: Calibration? = nil, tasks: [TaskSummary], seconds: Double,
            multiTaskGain: Gain? = nil
        ) {
            self.head = head
            self.preset = preset
            self.seeds = seeds
            self.folds = folds
            self.parameters = parameters
            self.circuit = circuit
            self.macro = macro
            self.macroTestRuns = macroTestRuns
            self.calibration = calibration
            self.tasks = tasks
            self.seconds = seconds
            self.multiTaskGain = multiTaskGain
        }

        private enum CodingKeys: String, CodingKey {
            case head, preset, seeds, folds, parameters, circuit, macro, calibration, tasks, seconds
            case macroTestRuns = "macro_test_runs"
            case multiTaskGain = "multi_task_gain"
        }
    }

    /// A paired test of two heads, `a` against `b`.
    public struct PairedTest: Codable, Sendable, Equatable {
        /// The task whose scores are compared; nil for the mean over tasks.
        public var task: String?
        /// One head.
        public var a: String
        /// The other.
        public var b: String
        /// The family that the test was corrected within; nil where all tests are one.
        public var family: TestFamily?
        /// The two-sided p-value after Holm's correction: over the pairs of heads of its family, or over the tasks of this pair.
        public var p: Double
        /// The two-sided p-value of this test alone.
        public var uncorrectedP: Double
        /// The mean difference `a - b` of the scores.
        public var effect: Double
        /// The bounds of the 95% interval of the difference, uncorrected; nil where the differences do not vary.
        public var ci95: [Double]?
        /// Cohen's d_z, the difference in standard deviations of the pairs' differences; nil where they do not vary.
        public var effectSize: Double?
        /// Cliff's delta, from -1 (every score of `a` below all of `b`) to 1.
        public var cliffsDelta: Double

        /// A test's outcome.
        public init(
            task: String? = nil, a: String, b: String, p: Double, uncorrectedP: Double, effect: Double,
            ci95: [Double]? = nil, effectSize: Double? = nil, cliffsDelta: Double
        ) {
            self.task = task
            self.a = a
            self.b = b
            self.p = p
            self.uncorrectedP = uncorrectedP
            self.effect = effect
            self.ci95 = ci95
            self.effectSize = effectSize
            self.cliffsDelta = cliffsDelta
        }

        private enum CodingKeys: String, CodingKey {
            case task, a, b, family, p, effect, ci95
            case uncorrectedP = "p_uncorrected"
            case effectSize = "effect_size"
            case cliffsDelta = "cliffs_delta"
        }
    }

    /// What a pair of heads is tested for.
    public enum TestFamily: String, Codable, Sendable {
        /// One of the few pairs that the comparison was made for.
        case primary
        /// Any other pair: a hint, not a finding.
        case exploratory
    }

    /// How intervals and tests were made, each in a sentence for readers of the results.
    public struct Method: Codable, Sendable, Equatable {
        /// How the intervals of scores were made.
        public var intervals: String
        /// How pairs were tested.
        public var tests: String

        /// Two sentences.
        public init(intervals: String, tests: String) {
            self.intervals = intervals
            self.tests = tests
        }
    }

    /// The data set's name.
    public var dataset: String
    /// One row per head.
    public var heads: [Head]
    /// Every pair of heads on the mean over tasks.
    public var tests: [PairedTest]
    /// Every pair of heads on every task, where there are several tasks.
    public var taskTests: [PairedTest]
    /// How intervals and tests were made.
    public var method: Method
    /// The path of the report page.
    public var report: String
    /// What a search has chosen for each head, and its cost; nil where there was none.
    public var tuning: TuningResult?
    /// Runs that ended with an error; nil where none did.
    public var failures: [Grid.Failure]?

    /// A comparison's outcome.
    public init(
        dataset: String, heads: [Head], tests: [PairedTest], taskTests: [PairedTest], method: Method,
        report: String
    ) {
        self.dataset = dataset
        self.heads = heads
        self.tests = tests
        self.taskTests = taskTests
        self.method = method
        self.report = report
    }

    private enum CodingKeys: String, CodingKey {
        case dataset, heads, tests, method, report, tuning, failures
        case taskTests = "task_tests"
    }
}
