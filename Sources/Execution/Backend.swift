import LinearAlgebra

/// Evaluates a batch of multi-task circuits.
///
/// The protocol is crossed once per batch, never per gate. Memory, layout and queues never leave a backend.
public protocol Backend: Sendable {
    /// What this backend is and can do.
    var capabilities: BackendCapabilities { get }

    /// How this backend evaluates a plan and why, for people: one sentence for each part of it.
    func explanation(of plan: ExecutionPlan) -> [String]

    /// Expectation values, `[samples x readouts]`, each in `-1...1`.
    /// - Throws: `BackendError.outOfMemory` when one sample's states do not fit.
    func expectations(_ plan: ExecutionPlan, inputs: ParameterBatch) async throws(BackendError) -> Matrix

    /// Expectation values and, for a cotangent of the same shape, the gradients of features and trainable angles.
    /// - Throws: `BackendError.outOfMemory` when one sample's states do not fit.
    func gradients(
        _ plan: ExecutionPlan, inputs: ParameterBatch, cotangent: Cotangent
    ) async throws(BackendError) -> CircuitGradients

    /// Expectation values and the gradients of each task's share of the loss, task by task.
    ///
    /// Their sum over tasks is what `gradients` gives.
    /// - Throws: `BackendError.outOfMemory` when one sample's states do not fit.
    func taskGradients(
        _ plan: ExecutionPlan, inputs: ParameterBatch, cotangent: Cotangent
    ) async throws(BackendError) -> TaskGradients
}

extension Backend {
    /// What every backend that cuts cones does.
    public func explanation(of plan: ExecutionPlan) -> [String] { plan.explanation }
}

/// What a backend is and can do.
public struct BackendCapabilities: Sendable, Equatable {
    /// The name it is chosen by: `reference`, `cpu`, ...
    public let name: String
    /// The device it computes on, for people.
    public let device: String
    /// The number of threads it computes on.
    public let threads: Int
    /// The kernel launches of a training step that fits the memory at once, whatever its size; nil where there are none.
    public let launchesPerStep: Int?

    /// A description of a backend.
    public init(name: String, device: String, threads: Int, launchesPerStep: Int? = nil) {
        self.name = name
        self.device = device
        self.threads = threads
        self.launchesPerStep = launchesPerStep
    }
}

/// Why a backend could not evaluate a batch.
public enum BackendError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The states of one sample need more memory than the backend may use.
    case outOfMemory(qubits: Int, neededBytes: Int, availableBytes: Int)
    /// The backend is not available here.
    case unavailable(backend: String, reason: String)
    /// The backend cannot do what is asked for, or must not.
    case unsuitable(backend: String, reason: String)
    /// Waiting for the backend was interrupted.
    case interrupted(reason: String)

    /// One sentence on what is wrong and what to do.
    public var description: String {
        switch self {
        case .outOfMemory(let qubits, let needed, let available):
            """
            a readout of this circuit depends on \(qubits) qubits at once, which needs \(needed >> 20) MiB for one \
            sample, and \(available >> 20) MiB may be used: use fewer qubits or entangling stages, raise --memory, or, \
            where there is noise, draw it with --trajectories
            """
        case .unavailable(let backend, let reason):
            "backend '\(backend)' is not available: \(reason)"
        case .unsuitable(let backend, let reason):
            "backend '\(backend)' cannot do this: \(reason)"
        case .interrupted(let reason): reason
        }
    }
}
