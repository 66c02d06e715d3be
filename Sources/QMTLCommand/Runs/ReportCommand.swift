import ArgumentParser
import Foundation
import QMTL

/// Makes report pages again.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Make report.html of a run or a comparison again.",
        discussion: """
            The tables of a comparison are made of the runs that its folder holds now, wherever they were trained; runs \
            that are missing are named.
            """)

    @Argument(
        help: ArgumentHelp("The folder of a run or a comparison.", valueName: "dir"), completion: .directory)
    var folder: String
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() throws {
        let url = URL(filePath: folder)
        let page = url.appending(path: RunReport.pageName).path
        if Grid.exists(in: url) {
            try reportGrid(in: url)
        } else if let run = try StoredRun(in: RunFolder(url)) {
            try RunReport.write(
                run.result, history: run.history, configurationText: run.configurationText,
                circuit: run.circuit, in: url)
        } else {
            throw CommandError.nothingToReport(folder: folder)
        }
        try output.console.answer(["report": page], text: page)
    }

    private func reportGrid(in url: URL) throws {
        _ = try ComparisonReport.write(in: url)
        let status = GridStatus(of: try Grid.cells(in: url), in: url)
        if status.finished < status.runs { output.console.remark(status.text) }
    }
}
