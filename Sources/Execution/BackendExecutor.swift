import Dispatch

/// Runs an actor's work on a queue of its own, so that long sweeps and device waits never sit on the shared thread pool.
public final class BackendExecutor: SerialExecutor {
    private let queue: DispatchQueue

    /// An executor whose queue is called `label`.
    public init(label: String) { queue = DispatchQueue(label: label) }

    /// Runs one job of the actor after those before it.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedSerialExecutor()
        queue.async { job.runSynchronously(on: executor) }
    }
}
