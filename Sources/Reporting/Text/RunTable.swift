import Training

/// The tables of a run, as `qmtl train` and `qmtl evaluate` print them.
public enum RunTable {
    /// Every task's scores, the means and the parameter counts.
    public static func text(_ result: RunResult, styled: Bool = true) -> String {
        var table = TextTable([
            .init("task", .left), .init("metric", .left), .init("validation", .right), .init("test", .right),
            .init("loss", .right), .init("calibration error", .right),
        ])
        for task in result.tasks {
            table.append([
                task.name, task.metric, NumberText.fixed(task.validation), NumberText.fixed(task.test),
                NumberText.fixed(task.loss), task.calibrationError.map { NumberText.fixed($0) } ?? "",
            ])
        }
        table.append(
            [
                "macro", "", NumberText.fixed(result.macro.validation), NumberText.fixed(result.macro.test),
                "", "",
            ], emphasized: [0, 2, 3])
        return "\(table.text(styled: styled))\n\n\(footer(result))"
    }

    private static func footer(_ result: RunResult) -> String {
        let parameters = result.parameters
        var counts = """
            \(NumberText.count(parameters.head)) head + \(NumberText.count(parameters.interface)) interface \
            = \(NumberText.count(parameters.total)) parameters
            """
        if parameters.dead > 0 { counts += " (\(NumberText.count(parameters.dead)) dead angles cut)" }
        let time = """
            \(NumberText.duration(result.seconds.train)) of training, \
            \(NumberText.duration(result.seconds.perStep)) a step on \(result.device)
            """
        return "\(counts)\n\(time); parameters of epoch \(result.bestEpoch)"
    }
}
