import ArgumentParser
import Foundation

/// Ends the program with one sentence on what went wrong.
enum Failure {
    /// Ends with the status that stands for `error`.
    static func exit(_ error: any Error) -> Never {
        let status = ExitStatus(of: error)
        let sentence = error is CancellationError ? "interrupted" : "\(error)"
        Console.writeError("error: \(sentence)")
        Foundation.exit(status.rawValue)
    }

    /// Ends after the arguments could not be parsed, or after `--help`.
    static func exit(parsing error: any Error) -> Never {
        if QMTLCommand.exitCode(for: error).isSuccess { QMTLCommand.exit(withError: error) }
        // The parser's full text ends with where to read on, for the command that was meant.
        let hint = QMTLCommand.fullMessage(for: error).firstMatch(of: /See '([^']+)'/)
        let message = QMTLCommand.message(for: error)
        let sentence = message.hasSuffix(".") ? String(message.dropLast()) : message
        Console.writeError("error: \(sentence)" + (hint.map { "; see '\($0.1)'" } ?? ""))
        Foundation.exit(ExitStatus.wrongUsage.rawValue)
    }
}
