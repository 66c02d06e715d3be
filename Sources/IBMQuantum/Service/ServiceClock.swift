import Foundation

/// The time, and waiting for it to pass.
package struct ServiceClock: Sendable {
    package var now: @Sendable () -> Date
    /// Waits; throws when the task is cancelled.
    package var sleep: @Sendable (Duration) async throws -> Void

    package init(
        now: @escaping @Sendable () -> Date, sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.now = now
        self.sleep = sleep
    }

    /// The machine's time.
    package static let system = ServiceClock(now: { Date() }, sleep: { try await Task.sleep(for: $0) })

    /// Waits.
    /// - Throws: `IBMError.interrupted` when the task is cancelled.
    func wait(_ duration: Duration) async throws(IBMError) {
        do {
            try await sleep(duration)
        } catch {
            throw .interrupted(jobs: [])
        }
    }
}
