import Circuits
import Training

/// The parts of a run's page.
struct RunPage {
    let result: RunResult
    let history: [EpochRecord]

    var title: String {
        let circuit = result.preset.map { preset in
            " (\(Preset.name(preset, encoding: result.encoding, block: result.block)))"
        }
        return "\(result.head)\(circuit ?? "") on \(result.dataset)"
    }

    var facts: String {
        """
        seed \(result.seed) · \(result.backend) backend, \(result.device) · \
        \(NumberText.duration(result.seconds.train)) of training, \(NumberText.duration(result.seconds.perStep)) a step
        """
    }

    var sections: [Markup] {
        HTMLReport.section("Scores", scores) + HTMLReport.section("Parameters", parameters)
            + HTMLReport.section("Learning", learning)
            + HTMLReport.section("Gradient conflict", ConflictSection.content(result))
            + HTMLReport.section("Errors and calibration", errorsAndCalibration)
    }

    private var scores: [Markup] {
        var table = HTMLTable(
            columns: ["task", "test", "validation", "loss", "ECE", "ECE scaled", "Brier", "metric"],
            textColumns: [0, 7])
        for task in result.tasks {
            let scores = [task.test, task.validation, task.loss].map {
                HTMLTable.Cell(text: NumberText.fixed($0))
            }
            let calibration = [task.calibrationError, task.calibrated?.calibrationError, task.brier].map {
                HTMLTable.Cell(text: $0.map { NumberText.fixed($0) } ?? "–")
            }
            table.append([.init(text: task.name)] + scores + calibration + [.init(text: task.metric)])
        }
        if result.tasks.count > 1 {
            let means = [result.macro.test, result.macro.validation].map {
                HTMLTable.Cell(text: NumberText.fixed($0))
            }
            table.append(["macro"] + means + ["", "", "", "", ""], isTotal: true)
        }
        return [
            table.markup,
            HTMLReport.note(
                """
                Parameters were chosen on the validation split; the test split was read once, at the end. ECE is the expected \
                calibration error on the test split; scaled, after temperature scaling fitted on validation.
                """),
        ]
    }

    private var parameters: [Markup] {
        var table = HTMLTable(columns: ["", "count"], isNarrow: true)
        table.append(["head", .init(text: NumberText.count(result.parameters.head))])
        table.append(["interface (shared trunk)", .init(text: NumberText.count(result.parameters.interface))])
        table.append(["total", .init(text: NumberText.count(result.parameters.total))], isTotal: true)
        if result.parameters.dead > 0 {
            table.append([
                "dead angles (cut, not counted)",
                .init(text: NumberText.count(result.parameters.dead)),
            ])
        }
        if let circuit = result.circuit {
            for (name, value) in [
                ("qubits", circuit.qubits), ("encoding stages", circuit.stages), ("depth", circuit.depth),
                ("one-qubit gates", circuit.oneQubitGates), ("two-qubit gates", circuit.twoQubitGates),
            ] {
                table.append([.init(text: name), .init(text: NumberText.count(value))])
            }
        }
        return [table.markup]
    }

    private var learning: [Markup] {
        guard history.count > 1 else { return [] }
        func points(_ value: (EpochRecord) -> Double) -> [LineChart.Point] {
            history.map { LineChart.Point(x: Double($0.epoch), y: value($0)) }
        }
        let losses = LineChart(
            title: "Loss by epoch", description: "Training and validation loss against epochs.",
            xName: "epoch",
            yName: "loss", yKind: .logarithmic,
            series: [
                .init(name: "training", points: points(\.trainLoss)),
                .init(name: "validation", points: points(\.validationLoss)),
            ])
        let score = LineChart(
            title: "Validation score by epoch",
            description: "Mean validation score over tasks against epochs.",
            xName: "epoch", yName: "macro validation score",
            series: [.init(name: "validation", points: points(\.validationMacro))])
        return HTMLReport.figures([
            HTMLReport.figure("Loss", losses.svg, caption: "Mean loss; logarithmic axis."),
            HTMLReport.figure(
                "Validation score", score.svg,
                caption: "Mean over tasks; the parameters of epoch \(result.bestEpoch) were kept."),
        ])
    }

    private var errorsAndCalibration: [Markup] {
        var figures: [Markup] = []
        let series = [
            ("as trained", result.tasks.flatMap { $0.reliability ?? [] }),
            ("after temperature scaling", result.tasks.flatMap { $0.calibrated?.reliability ?? [] }),
        ].filter { !$0.1.isEmpty }.map { (name: $0.0, bins: ReliabilityPlot.pooled($0.1)) }
        if !series.isEmpty {
            let plot = ReliabilityPlot(title: "Reliability on the test split", series: series)
            figures.append(
                HTMLReport.figure("Reliability", plot.svg, caption: ReliabilityPlot.caption))
        }
        if let task = ConfusionPlot.mostTelling(result.tasks), let counts = task.confusion {
            let plot = ConfusionPlot(title: "Confusion matrix of \(task.name)", counts: counts)
            figures.append(
                HTMLReport.figure("Confusion: \(task.name)", plot.svg, caption: ConfusionPlot.caption))
        }
        return HTMLReport.figures(figures)
    }
}

extension ReliabilityPlot {
    /// What the diagram shows, for its caption.
    static let caption = """
        Test predictions of all classification tasks. On the dotted line, predictions are right as often as they claim; below it \
        they are overconfident. Larger markers hold more predictions.
        """
}

extension ConfusionPlot {
    /// What the matrix shows, for its caption.
    static let caption = "Test samples; shade is the share of the true class."

    /// The task whose matrix says most: the one with the most classes.
    static func mostTelling(_ tasks: [RunResult.TaskScore]) -> RunResult.TaskScore? {
        tasks.reduce(nil) { best, task in
            (task.confusion?.count ?? 0) > (best?.confusion?.count ?? 0) ? task : best
        }
    }
}
