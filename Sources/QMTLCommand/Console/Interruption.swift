import Dispatch
import Foundation

/// Turns Ctrl-C into the cancellation of the running work, which then saves its state.
enum Interruption {
    /// Runs `work` and cancels it when the program is asked to end; asked twice, the program ends at once.
    static func whileCancelling(_ work: sending @escaping () async throws -> Void) async throws {
        let task = Task { try await work() }
        let sources = [SIGINT, SIGTERM].map { number in
            // Else the default action ends the program before the source sees the signal.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                if task.isCancelled { exit(ExitStatus.interrupted.rawValue) }
                task.cancel()
            }
            source.resume()
            return source
        }
        defer { for source in sources { source.cancel() } }
        try await task.value
    }
}
