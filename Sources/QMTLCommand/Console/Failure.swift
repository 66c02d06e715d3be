import ArgumentParser
import Foundation

/// Ends the program with one sentence on what went wrong.
enum Failure {
    /// Ends with the status that stands for `error`; a request for help or the version is answered.
    static func exit(_ error: any Error) -> Never {
        let parserStatus = QMTLCommand.exitCode(for: error)
        if parserStatus.isSuccess { QMTLCommand.exit(withError: error) }
        if parserStatus == .validationFailure { exit(usage: error) }
        let status = ExitStatus(of: error)
        Console.writeError("error: " + (error is CancellationError ? "interrupted" : "\(error)"))
        Foundation.exit(status.rawValue)
    }

    /// Ends after arguments that cannot be understood; the parser's full text names the help of the command meant.
    private static func exit(usage error: any Error) -> Never {
        let hint = QMTLCommand.fullMessage(for: error).firstMatch(of: /See '([^']+)'/)
        let message = QMTLCommand.message(for: error)
        Console.writeError("error: " + message + (hint.map { " (see '\($0.1)')" } ?? ""))
        Foundation.exit(ExitStatus.wrongUsage.rawValue)
    }
}
