import Experiments

/// The tables of `qmtl evaluate`.
public enum EvaluationTable {
    /// Every task's scores, measured in one way.
    public static func text(_ evaluation: RunEvaluation, styled: Bool = true) -> String {
        let unmitigated = evaluation.unmitigated
        var columns: [TextTable.Column] = [
            .init("task", .left), .init("metric", .left), .init(evaluation.split, .right),
            .init("loss", .right), .init("calibration error", .right), .init("Brier score", .right),
        ]
        if unmitigated != nil { columns.insert(.init("unmitigated", .right), at: 3) }
        var table = TextTable(columns)
        for (index, task) in evaluation.tasks.enumerated() {
            var row = [
                task.name, task.metric, number(task.score), number(task.loss), number(task.calibrationError),
                number(task.brier),
            ]
            if let unmitigated { row.insert(number(unmitigated.tasks[index].score), at: 3) }
            table.append(row)
        }
        var last = ["macro", "", number(evaluation.macro), "", "", ""]
        if let unmitigated { last.insert(number(unmitigated.macro), at: 3) }
        table.append(last, emphasized: [0, 2])
        var lines = ["95% of resampled test samples: macro \(interval(evaluation.macroInterval))."]
        if let cost = evaluation.cost {
            let shots = cost.shots.map { ", \($0) shots" } ?? ""
            let gates = cost.gateFactor > 1 ? ", at most \(cost.gateFactor) times the gates" : ""
            lines.append("Measuring a sample takes \(cost.circuits) circuits\(shots)\(gates).")
        }
        if let count = evaluation.trajectories {
            lines.append("Noise is drawn: \(NumberText.count(count)) quantum trajectories of each sample.")
        }
        if let error = evaluation.standardError {
            lines.append("The standard error of a readout is \(NumberText.significant(error)).")
        }
        return table.text(styled: styled) + "\n" + lines.joined(separator: "\n") + "\n"
    }

    /// The mean score of every evaluation, with its interval.
    public static func text(_ sweep: NoiseSweep, styled: Bool = true) -> String {
        var columns: [TextTable.Column] = [
            .init("noise", .left), .init("shots", .right), .init("macro", .right),
            .init("95% interval", .left), .init("standard error", .right),
        ]
        let isMitigated = sweep.evaluations.contains { $0.unmitigated != nil }
        if isMitigated { columns += [.init("unmitigated", .right), .init("95% interval", .left)] }
        var table = TextTable(columns)
        for evaluation in sweep.evaluations {
            var row = [
                evaluation.noise ?? "none", effort(evaluation),
                number(evaluation.macro), interval(evaluation.macroInterval),
                evaluation.standardError.map { NumberText.significant($0) } ?? "",
            ]
            if isMitigated {
                row += [
                    number(evaluation.unmitigated?.macro),
                    evaluation.unmitigated.map { interval($0.macroInterval) } ?? "",
                ]
            }
            table.append(row)
        }
        return table.text(styled: styled)
    }

    /// How often each sample is measured or its noise drawn.
    static func effort(_ evaluation: RunEvaluation) -> String {
        if let count = evaluation.trajectories { return "\(NumberText.count(count)) trajectories" }
        return evaluation.shots.map { NumberText.count($0) } ?? "exact"
    }

    static func number(_ value: Double?) -> String { value.map { NumberText.fixed($0) } ?? "" }

    static func interval(_ bounds: [Double]) -> String {
        bounds.map { NumberText.fixed($0) }.joined(separator: " to ")
    }
}
