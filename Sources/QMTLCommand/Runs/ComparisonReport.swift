import Configuration
import Foundation
import QMTL

/// The files of a comparison's folder, beside its runs.
enum ComparisonReport {
    private static let resultName = "comparison.json"

    /// Makes the statistics over all finished runs and writes all files anew.
    ///
    /// Several processes may do so at once: each finds the folder to itself.
    /// - Throws: `ConfigurationError`; `ExperimentError` where runs cannot be compared, `.noRuns` where none is finished for every head;
    ///   `TrainingError`; `DatasetError.unwritableFile`; `CommandError.failedConversion`.
    static func write(
        _ manifest: GridManifest, in folder: URL, plots: PlotWriter
    ) throws -> HeadComparison {
        try Grid.withLock(on: folder) {
            let cells = manifest.runs
            let configuration: ComparisonConfiguration = try ConfigurationFile.decode(
                from: Grid.configurationURL(in: folder))
            let all = try Grid.results(of: cells, in: folder)
            let results = Grid.comparable(all)
            let page = folder.appending(path: RunReport.pageName)
            let folders = results.map { RunFolder(folder.appending(path: $0.cell.path)) }
            var comparison = try HeadComparison.make(
                results.map(\.result),
                predictions: try zip(folders, results).map { try $0.predictions(of: $1.result) },
                alone: all.filter { $0.cell.task != nil }.map(\.result), primary: configuration.primary,
                report: page.path)
            comparison.tuning = manifest.tuned
            let failures = (manifest.tuned?.failures ?? []) + Grid.failures(of: cells, in: folder)
            comparison.failures = failures.isEmpty ? nil : failures
            let report = HTMLReport.comparison(
                comparison, runs: results.map(\.result), histories: try folders.map { try $0.history() },
                configuration: try String(contentsOf: Grid.configurationURL(in: folder), encoding: .utf8),
                circuit: try circuit(of: results, in: folder))
            let files = [
                (resultName, try ResultFiles.json(comparison)),
                ("comparison.csv", Data(ComparisonCSV.text(comparison).utf8)),
                ("comparison-tests.csv", Data(ComparisonCSV.tests(comparison).utf8)),
                ("comparison.tex", Data(ComparisonLaTeX.text(comparison).utf8)),
                (RunReport.pageName, Data(report.html.utf8)),
            ]
            for (name, data) in files { try AtomicFile.write(data, to: folder.appending(path: name)) }
            try plots.write(report.plots, in: folder)
            return comparison
        }
    }

    /// The circuit of the first run that has one.
    private static func circuit(of results: [Grid.Result], in folder: URL) throws -> MultiTaskCircuit? {
        guard let first = results.first(where: { $0.result.circuit != nil }) else { return nil }
        return try StoredRun(in: RunFolder(folder.appending(path: first.cell.path)))?.circuit
    }
}
