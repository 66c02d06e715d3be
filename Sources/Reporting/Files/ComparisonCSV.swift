import Experiments

/// A comparison as CSV (RFC 4180), numbers in their shortest exact form; a cell without a value is empty.
public enum ComparisonCSV {
    /// One row per head and task, the macro scores among them, under a header.
    public static func text(_ comparison: HeadComparison) -> String {
        var lines = [
            [
                "dataset", "head", "preset", "task", "metric", "split", "mean", "std", "ci95_lower",
                "ci95_upper", "runs", "head_parameters", "interface_parameters", "total_parameters",
                "seconds",
                "calibration_error", "calibration_error_scaled", "brier", "brier_scaled", "log_loss",
                "log_loss_scaled", "temperature", "alone", "multi_task_gain", "gain_ci95_lower",
                "gain_ci95_upper",
            ]
        ]
        for head in comparison.heads {
            func append(
                _ task: String, _ metric: String, _ split: String, _ score: HeadComparison.Summary,
                _ calibration: HeadComparison.Calibration?, alone: HeadComparison.Summary? = nil,
                gain: HeadComparison.Summary? = nil
            ) {
                let numbers = [score.mean, score.std, score.ci95[0], score.ci95[1]].map { "\($0)" }
                let counts = [
                    head.seeds.count, head.parameters.head, head.parameters.interface, head.parameters.total,
                ]
                let calibrations = [
                    calibration?.raw.calibrationError, calibration?.scaled.calibrationError,
                    calibration?.raw.brier, calibration?.scaled.brier, calibration?.raw.logLoss,
                    calibration?.scaled.logLoss, calibration?.temperature,
                ]
                lines.append(
                    [comparison.dataset, head.head, head.preset ?? "", task, metric, split] + numbers
                        + counts.map(String.init) + ["\(head.seconds)"]
                        + calibrations.map { $0.map { "\($0.mean)" } ?? "" }
                        + [alone?.mean, gain?.mean, gain?.ci95[0], gain?.ci95[1]].map {
                            $0.map { "\($0)" } ?? ""
                        })
            }
            append("macro", "", "validation", head.macro.validation, nil)
            append(
                "macro", "", "test", head.macro.test, head.calibration, gain: head.multiTaskGain?.mean)
            for (index, task) in head.tasks.enumerated() {
                let gain = head.multiTaskGain?.tasks[index]
                append(
                    task.name, task.metric, "test", task.test, task.calibration, alone: gain?.alone,
                    gain: gain?.change)
            }
        }
        return table(lines)
    }

    /// One row per pair of heads, for the mean over tasks and then for each task, under a header.
    public static func tests(_ comparison: HeadComparison) -> String {
        var lines = [
            [
                "dataset", "task", "family", "a", "b", "difference", "ci95_lower", "ci95_upper", "p_holm",
                "p",
                "effect_size", "cliffs_delta",
            ]
        ]
        for test in comparison.tests + comparison.taskTests {
            let numbers: [Double?] = [
                test.effect, test.ci95?[0], test.ci95?[1], test.p, test.uncorrectedP, test.effectSize,
                test.cliffsDelta,
            ]
            lines.append(
                [comparison.dataset, test.task ?? "macro", test.family?.rawValue ?? "", test.a, test.b]
                    + numbers.map { $0.map { "\($0)" } ?? "" })
        }
        return table(lines)
    }

    private static func table(_ lines: [[String]]) -> String { lines.map(CSVRow.text).joined() }
}
