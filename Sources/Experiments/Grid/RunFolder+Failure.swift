import Datasets
import Foundation
import Training

extension RunFolder {
    private var failureURL: URL { url.appending(path: "error.txt") }

    /// Why the run ended without a result, and when; nil where it has one or has not been tried.
    var failure: (error: String, date: Date)? {
        guard !isFinished, let text = try? String(contentsOf: failureURL, encoding: .utf8) else { return nil }
        let attributes = try? FileManager.default.attributesOfItem(atPath: failureURL.path)
        let date = attributes?[.modificationDate] as? Date ?? .distantPast
        return (text.trimmingCharacters(in: .newlines), date)
    }

    /// Whether the run has a result.
    var isFinished: Bool { FileManager.default.fileExists(atPath: resultURL.path) }

    /// Writes down why the run failed.
    ///
    /// Where even that cannot be written the summary of the grid still tells.
    func record(failure: any Error) {
        try? AtomicFile.write("\(failure)\n".utf8, to: failureURL)
    }

    /// Forgets an earlier failure.
    func clearFailure() {
        try? FileManager.default.removeItem(at: failureURL)
    }
}
