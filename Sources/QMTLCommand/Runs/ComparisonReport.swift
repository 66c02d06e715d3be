import Foundation
import QMTL

/// The files of a comparison's folder, beside its runs.
enum ComparisonReport {
    /// Its result's name.
    static let resultName = "comparison.json"
    /// Its configuration's name.
    static let configurationName = "config.yaml"

    /// Makes the statistics over `runs` and writes all files anew.
    /// - Throws: `ExperimentError` where runs cannot be compared; `DatasetError.unwritableFile`.
    static func write(
        _ runs: [RunResult], histories: [[EpochRecord]], configurationText: String,
        circuit: MultiTaskCircuit?, in folder: URL
    ) throws -> HeadComparison {
        let page = folder.appending(path: RunReport.pageName)
        let result = try HeadComparison.make(runs, report: page.path)
        let files = [
            (configurationName, Data(configurationText.utf8)),
            (resultName, try ResultFiles.json(result)),
            ("comparison.csv", Data(ComparisonCSV.text(result).utf8)),
            ("comparison.tex", Data(ComparisonLaTeX.text(result).utf8)),
            (
                RunReport.pageName,
                Data(
                    HTMLReport.comparison(
                        result, runs: runs, histories: histories, configuration: configurationText,
                        circuit: circuit
                    ).utf8)
            ),
        ]
        for (name, data) in files { try AtomicFile.write(data, to: folder.appending(path: name)) }
        return result
    }
}
