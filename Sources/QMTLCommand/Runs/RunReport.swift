import Foundation
import QMTL

/// The page of a run, in its folder.
enum RunReport {
    /// The page's name in every folder that has one.
    static let pageName = "report.html"

    /// Writes the page anew.
    /// - Parameters:
    ///   - circuit: the circuit of quantum heads; nil for classical ones.
    ///   - plots: writes the page's pictures; nil for the page alone.
    /// - Throws: `DatasetError.unwritableFile`; `CommandError.failedConversion`.
    static func write(
        _ result: RunResult, history: [EpochRecord], configurationText: String, circuit: MultiTaskCircuit?,
        in folder: URL, plots: PlotWriter? = nil
    ) throws {
        let page = HTMLReport.run(
            result: result, history: history, configuration: configurationText, circuit: circuit)
        try AtomicFile.write(page.html.utf8, to: folder.appending(path: pageName))
        try plots?.write(page.plots, in: folder)
    }
}
