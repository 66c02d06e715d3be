import Foundation
import QMTL

/// Where a command's answer and its remarks go.
struct Console: Sendable {
    /// The answer is one JSON object.
    let isJSON: Bool
    /// No remarks and no progress.
    let isQuiet: Bool

    /// Prints the answer on standard output, as JSON or as text.
    func answer(_ value: some Encodable, text: @autoclosure () -> String) throws {
        if isJSON {
            try FileHandle.standardOutput.write(contentsOf: ResultFiles.json(value))
        } else {
            try FileHandle.standardOutput.write(contentsOf: Data((text() + "\n").utf8))
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
