import Foundation
import QMTL

/// The page of a run, in its folder.
enum RunReport {
    /// The page's name in every folder that has one.
    static let pageName = "report.html"

    /// Writes the page anew.
    /// - Parameter circuit: the circuit of quantum heads; nil for classical ones.
    /// - Throws: `DatasetError.unwritableFile`.
    static func write(
        _ result: RunResult, history: [EpochRecord], configurationText: String, circuit: MultiTaskCircuit?,
        in folder: URL
    ) throws(DatasetError) {
        let page = HTMLReport.run(
            result: result, history: history, configuration: configurationText, circuit: circuit)
        try AtomicFile.write(page.utf8, to: folder.appending(path: pageName))
    }
}
