import Foundation
import QMTL

/// Where a command's answer and its remarks go.
struct Console: Sendable {
    /// The answer is one JSON object.
    let isJSON: Bool
    /// No remarks and no progress.
    let isQuiet: Bool

    /// Prints the answer on standard output, as JSON or as text.
    /// - Throws: `ReportingError`; `CommandError.unwritableOutput`, for an answer that is lost is no answer.
    func answer(_ value: some Encodable, text: @autoclosure () -> String) throws {
        let data = isJSON ? try ResultFiles.json(value) : Data((text() + "\n").utf8)
        do {
            try FileHandle.standardOutput.write(contentsOf: data)
        } catch {
            let reason = (error as NSError).userInfo[NSUnderlyingErrorKey] as? POSIXError
            throw CommandError.unwritableOutput(
                reason: reason.map { String(cString: strerror($0.code.rawValue)) }
                    ?? error.localizedDescription)
        }
    }

    /// Prints a remark on standard error, unless asked to be quiet.
    func remark(_ text: String) {
        if !isQuiet { Self.writeError(text) }
    }

    /// Prints a line on standard error; where that is closed there is nobody to tell.
    static func writeError(_ line: String) {
        try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
    }
}
