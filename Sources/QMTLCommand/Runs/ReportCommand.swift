import ArgumentParser
import Foundation
import QMTL

/// Makes report pages again.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Make the tables and report.html of a run, comparison or sweep again.",
        discussion: """
            The tables of a comparison or sweep are made of the runs that its folder holds now, wherever they were trained; \
            runs that are missing are counted.
            """)

    @Argument(
        help: ArgumentHelp("The folder of a run, a comparison or a sweep.", valueName: "dir"),
        completion: .directory)
    var folder: String
    @OptionGroup(title: "Report") var plots: PlotOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() throws {
        let url = URL(filePath: folder)
        let page = url.appending(path: RunReport.pageName).path
        if let manifest = try GridManifest(in: url) {
            let status = GridStatus(of: manifest.runs, in: url)
            if status.finished < status.runs { output.console.remark(status.text) }
            let plots = try self.plots.writer(default: [.svg])
            switch manifest.purpose {
            case .comparison: _ = try ComparisonReport.write(manifest, in: url, plots: plots)
            case .sweep: _ = try SweepReport.write(manifest, in: url, plots: plots)
            case .tuning: throw CommandError.nothingToReport(folder: folder)
            }
        } else if let run = try StoredRun(in: RunFolder(url)) {
            try RunReport.write(
                run.result, history: run.history, configurationText: run.configurationText,
                circuit: run.circuit, in: url, plots: plots.writer(default: []))
        } else {
            throw CommandError.nothingToReport(folder: folder)
        }
        try output.console.answer(["report": page], text: page)
    }
}
