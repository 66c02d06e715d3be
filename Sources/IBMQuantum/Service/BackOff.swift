/// Waiting times that grow from one try to the next.
struct BackOff: Sendable {
    private(set) var next: Duration
    private let factor: Double
    private let most: Duration

    /// Waits from `first` on, each `factor` times the one before, at most `most`.
    init(from first: Duration, factor: Double, most: Duration) {
        next = first
        self.factor = factor
        self.most = most
    }

    /// After a failed call that changes nothing, as Qiskit's client.
    static let reading = BackOff(from: .milliseconds(500), factor: 2, most: .seconds(60))
    /// After "too many requests" without a word on how long to wait.
    static let tooMany = BackOff(from: .seconds(12), factor: 1.5, most: .seconds(120))
    /// Between two looks at a job: queues last from seconds to days.
    static let polling = BackOff(from: .seconds(1), factor: 1.5, most: .seconds(30))

    /// The next time to wait.
    mutating func advance() -> Duration {
        defer { next = min(most, next * factor) }
        return next
    }
}

extension Duration {
    fileprivate static func * (duration: Duration, factor: Double) -> Duration {
        .seconds(duration / .seconds(1) * factor)
    }
}
