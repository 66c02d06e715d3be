import Configuration
import Foundation
import QMTL

/// The files of a run folder that show a run: its page and its TensorBoard events.
enum RunReport {
    /// The page's name in every folder that has one.
    static let pageName = "report.html"

    /// Writes the files anew.
    /// - Parameter circuit: the circuit of quantum heads; nil for classical ones.
    /// - Throws: `DatasetError.unwritableFile`.
    static func write(
        _ result: RunResult, history: [EpochRecord], configurationText: String, circuit: MultiTaskCircuit?,
        in folder: URL
    ) throws(DatasetError) {
        let page = HTMLReport.run(
            result: result, history: history, configuration: configurationText, circuit: circuit)
        try AtomicFile.write(page.utf8, to: folder.appending(path: pageName))

        let now = Date().timeIntervalSince1970
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        for name in names where name.hasPrefix("events.out.tfevents.") {
            try? FileManager.default.removeItem(at: folder.appending(path: name))
        }
        try AtomicFile.write(
            TensorBoardEvents(history, wallTime: now).data,
            to: folder.appending(path: TensorBoardEvents.fileName(wallTime: now)))
    }
}
