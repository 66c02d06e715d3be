import Foundation
import QMTL

/// The answer of `qmtl evaluate --json`.
struct RunEvaluation: Encodable {
    let run: String
    let dataset: String
    let split: String
    let backend: String
    /// The name of the noise; absent without noise.
    let noise: String?
    /// Shots per measurement setting; absent for exact values.
    let shots: Int?
    /// What measuring one sample takes; absent for exact values without mitigation.
    let cost: MeasurementCost?
    /// With mitigation, where that was asked for.
    let tasks: [TaskEvaluation]
    /// The mean score over tasks, errors counted negative.
    let macro: Double
    /// The same without mitigation; absent where none was asked for.
    let unmitigated: Unmitigated?

    /// Scores without mitigation.
    struct Unmitigated: Encodable {
        let tasks: [TaskEvaluation]
        let macro: Double
    }

    init(
        run: String, dataset: String, split: String, backend: String, noise: String?, shots: Int?,
        cost: MeasurementCost?, tasks: [TaskEvaluation], unmitigated: [TaskEvaluation]?
    ) {
        (self.run, self.dataset, self.split, self.backend) = (run, dataset, split, backend)
        (self.noise, self.shots, self.cost, self.tasks) = (noise, shots, cost, tasks)
        macro = Self.macro(tasks)
        self.unmitigated = unmitigated.map { Unmitigated(tasks: $0, macro: Self.macro($0)) }
    }

    private static func macro(_ tasks: [TaskEvaluation]) -> Double {
        let merits = tasks.map { task in Metric(rawValue: task.metric)?.merit(task.score) ?? task.score }
        return merits.reduce(0, +) / Double(merits.count)
    }

    static func number(_ value: Double?) -> String { value.map { String(format: "%.3f", $0) } ?? "" }

    var text: String {
        let number = Self.number
        var columns: [TextTable.Column] = [
            .init("task", .left), .init("metric", .left), .init(split, .right), .init("loss", .right),
            .init("calibration error", .right), .init("Brier score", .right),
        ]
        if unmitigated != nil { columns.insert(.init("unmitigated", .right), at: 3) }
        var table = TextTable(columns)
        for (index, task) in tasks.enumerated() {
            var row = [
                task.name, task.metric, number(task.score), number(task.loss), number(task.calibrationError),
                number(task.brier),
            ]
            if let unmitigated { row.insert(number(unmitigated.tasks[index].score), at: 3) }
            table.append(row)
        }
        var last = ["macro", "", number(macro), "", "", ""]
        if let unmitigated { last.insert(number(unmitigated.macro), at: 3) }
        table.append(last, emphasized: [0, 2])
        guard let cost else { return table.text() }
        let shots = cost.shots.map { ", \($0) shots" } ?? ""
        let gates = cost.gateFactor > 1 ? ", at most \(cost.gateFactor) times the gates" : ""
        return table.text() + "\nMeasuring a sample takes \(cost.circuits) circuits\(shots)\(gates).\n"
    }
}

/// The answer of `qmtl evaluate` for several kinds of noise or numbers of shots.
struct NoiseSweep: Encodable {
    let evaluations: [RunEvaluation]

    var text: String {
        var columns: [TextTable.Column] = [
            .init("noise", .left), .init("shots", .right), .init("macro", .right),
        ]
        let isMitigated = evaluations.contains { $0.unmitigated != nil }
        if isMitigated { columns.append(.init("unmitigated", .right)) }
        var table = TextTable(columns)
        for evaluation in evaluations {
            var row = [
                evaluation.noise ?? "none", evaluation.shots.map { "\($0)" } ?? "exact",
                RunEvaluation.number(evaluation.macro),
            ]
            if isMitigated { row.append(RunEvaluation.number(evaluation.unmitigated?.macro)) }
            table.append(row)
        }
        return table.text()
    }
}
