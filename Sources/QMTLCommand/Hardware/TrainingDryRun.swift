import ArgumentParser
import Foundation
import QMTL

/// What training on a device would take: the answer of `qmtl train --dry-run`.
struct TrainingDryRun: Encodable {
    /// Shots and seconds of a part of the run.
    struct Part: Encodable {
        let executions: Int
        let seconds: Double

        private enum CodingKeys: String, CodingKey {
            case executions
            case seconds = "estimated_seconds"
        }
    }

    /// How a budget compares.
    struct Comparison: Encodable {
        let limit: String
        let suffices: Bool
        /// Epochs that it is enough for, with the scores after each.
        let epochs: Int
    }

    /// Every circuit of the run, with all its rows.
    let whole: DryRun
    let epochs: Int
    /// How often a gradient measures every sample.
    let gradientEvaluations: Int
    let epoch: Part
    private let run: Part
    let budget: Comparison?

    /// Counts the run that `configuration` asks for on a device; nothing is run.
    ///
    /// One epoch and two are counted, each with the scores at a run's end: what the second has more, every further epoch
    /// has, too. A run that stops early takes less.
    /// - Throws: `ValidationError` for heads without a circuit; what training throws.
    init(
        _ configuration: RunConfiguration, on backend: IBMBackend, budget: HardwareBudget?
    ) async throws {
        let dataset = try configuration.dataset.open()
        func count(epochs: Int) async throws -> (report: HardwareReport, evaluations: Int) {
            var configuration = configuration
            (configuration.epochs, configuration.patience) = (epochs, nil)
            let counter = backend.counter()
            let trainer = try Trainer(configuration, dataset: dataset, backend: counter)
            guard let circuit = trainer.model.circuit else {
                throw ValidationError(
                    "Heads of kind '\(configuration.head.kind.rawValue)' have no circuit: leave out --backend ibm."
                )
            }
            _ = try await trainer.train(version: Version.current)
            return (await counter.report, await counter.gradientEvaluations(of: ExecutionPlan(circuit)))
        }
        let one = try await count(epochs: 1)
        let two = try await count(epochs: 2).report
        func report(epochs: Int) -> HardwareReport { two.repeating(since: one.report, times: epochs - 1) }
        let all = report(epochs: configuration.epochs)
        whole = DryRun(all, names: dataset.tasks.map(\.name))
        epochs = configuration.epochs
        gradientEvaluations = one.evaluations
        epoch = Part(
            executions: two.executions - one.report.executions, seconds: two.seconds - one.report.seconds)
        run = Part(executions: all.executions, seconds: all.seconds)
        self.budget = budget.map { budget in
            Comparison(
                limit: budget.description, suffices: budget.allows(all),
                epochs: (1...configuration.epochs).last { budget.allows(report(epochs: $0)) } ?? 0)
        }
    }

    private enum CodingKeys: String, CodingKey {
        case epochs, epoch, budget
        case gradientEvaluations = "gradient_evaluations"
    }

    func encode(to encoder: any Encoder) throws {
        // What every dry run tells is of the whole run.
        try whole.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(epochs, forKey: .epochs)
        try container.encode(gradientEvaluations, forKey: .gradientEvaluations)
        try container.encode(epoch, forKey: .epoch)
        try container.encodeIfPresent(budget, forKey: .budget)
    }

    var text: String {
        func amount(_ part: Part) -> String {
            "\(part.executions) shots, about \(String(format: "%.0f", part.seconds)) s"
        }
        var lines = [
            whole.text, "",
            "A gradient measures every sample \(gradientEvaluations) times. An epoch with its validation takes "
                + "\(amount(epoch)); the run of \(epochs) epochs with its scores takes \(amount(run)).",
        ]
        if let budget {
            lines.append(
                budget.suffices
                    ? "The budget of \(budget.limit) is enough."
                    : "The budget of \(budget.limit) is enough for \(budget.epochs) of \(epochs) epochs with their scores: "
                        + "raise --budget, or use fewer epochs, shots or samples.")
        }
        return lines.joined(separator: "\n")
    }
}
