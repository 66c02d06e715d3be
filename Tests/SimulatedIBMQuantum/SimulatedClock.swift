import Foundation
import IBMQuantum
import Synchronization

/// Time that passes only by waiting, and at once.
public final class SimulatedClock: Sendable {
    private let time: Mutex<Date>

    /// A clock somewhen in 2026, or at another time.
    public init(_ start: Date = Date(timeIntervalSince1970: 1_790_000_000)) { time = Mutex(start) }

    /// The time.
    public var now: Date { time.withLock(\.self) }

    /// The same, as the client wants it.
    package var clock: ServiceClock {
        ServiceClock(now: { self.now }) { duration in
            try Task.checkCancellation()
            self.time.withLock { $0 += duration / .seconds(1) }
            await Task.yield()
        }
    }
}
