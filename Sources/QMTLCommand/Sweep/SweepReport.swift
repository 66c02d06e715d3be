import Configuration
import Foundation
import QMTL

/// The files of a sweep's folder, beside its runs.
enum SweepReport {
    /// Makes the tables of all finished runs and measurements anew.
    /// - Throws: `ConfigurationError`, `TrainingError`; `DatasetError.unwritableFile`; `CommandError.failedConversion`.
    static func write(_ manifest: GridManifest, in folder: URL, plots: PlotWriter) throws -> SweepResult {
        try Grid.withLock(on: folder) {
            let configuration: SweepConfiguration = try ConfigurationFile.decode(
                from: Grid.configurationURL(in: folder))
            var scaling = ParameterScaling()
            scaling.backboneFeatures = try Dataset.digitsFamily(taskCount: 1).featureCount
            scaling.batch = configuration.run.batch
            scaling.head = configuration.run.head
            let backend = CPUBackend(threads: 1)  // counts only; nothing is computed
            let sizes = try configuration.allHeads.map { head in
                try configuration.tasks.map { try scaling.row(head, taskCount: $0, backend: backend) }
            }
            let costs = SweepCosts(configuration, in: folder)
            let result = try SweepResult.make(
                configuration, scaling: sizes, costs: costs,
                results: try Grid.results(of: manifest.runs, in: folder),
                predictions: { run in
                    try RunFolder(folder.appending(path: run.cell.path)).predictions(of: run.result)
                },
                failures: Grid.failures(of: manifest.runs, in: folder) + costs.failures,
                report: folder.appending(path: RunReport.pageName).path)
            let page = HTMLReport.sweep(
                result,
                configuration: try String(contentsOf: Grid.configurationURL(in: folder), encoding: .utf8),
                version: Version.current)
            let files = [
                ("sweep.json", try ResultFiles.json(result)),
                ("sweep.csv", Data(SweepCSV.text(result).utf8)),
                (RunReport.pageName, Data(page.html.utf8)),
            ]
            for (name, data) in files { try AtomicFile.write(data, to: folder.appending(path: name)) }
            try plots.write(page.plots, in: folder)
            return result
        }
    }
}
