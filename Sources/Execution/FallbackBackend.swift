import LinearAlgebra
import Synchronization

/// Computes on one backend for as long as that works, and on another from then on.
///
/// A device that is lost or runs out of memory in the middle of a run so costs speed, not the run.
public final class FallbackBackend: Backend {
    private let primary: any Backend
    private let fallback: any Backend
    private let failed: @Sendable (BackendError) -> Void
    private let hasFailed = Atomic(false)

    /// What the backend that computes now is and can do: the first, or the second once that has failed.
    public var capabilities: BackendCapabilities {
        hasFailed.load(ordering: .relaxed) ? fallback.capabilities : primary.capabilities
    }

    /// A backend that computes on `primary` until that fails.
    ///
    /// `failed` is then told why, once; the batch at hand and all later ones are computed on `fallback`.
    public init(
        _ primary: any Backend, fallback: any Backend, failed: @escaping @Sendable (BackendError) -> Void
    ) {
        self.primary = primary
        self.fallback = fallback
        self.failed = failed
    }

    /// What the backend in use explains.
    public func explanation(of plan: ExecutionPlan) -> [String] {
        (hasFailed.load(ordering: .relaxed) ? fallback : primary).explanation(of: plan)
    }

    /// Expectation values, `[samples x readouts]`, each in `-1...1`.
    /// - Throws: `BackendError` of the second backend.
    public func expectations(
        _ plan: ExecutionPlan, inputs: ParameterBatch
    ) async throws(BackendError) -> Matrix {
        if !hasFailed.load(ordering: .relaxed) {
            do { return try await primary.expectations(plan, inputs: inputs) } catch { give(up: error) }
        }
        return try await fallback.expectations(plan, inputs: inputs)
    }

    /// Expectation values and the gradients of features and trainable angles.
    /// - Throws: `BackendError` of the second backend.
    public func gradients(
        _ plan: ExecutionPlan, inputs: ParameterBatch, cotangent: Cotangent
    ) async throws(BackendError) -> CircuitGradients {
        if !hasFailed.load(ordering: .relaxed) {
            do {
                return try await primary.gradients(plan, inputs: inputs, cotangent: cotangent)
            } catch { give(up: error) }
        }
        return try await fallback.gradients(plan, inputs: inputs, cotangent: cotangent)
    }

    /// Expectation values and the gradients of each task's share of a loss.
    /// - Throws: `BackendError` of the second backend.
    public func taskGradients(
        _ plan: ExecutionPlan, inputs: ParameterBatch, cotangent: Cotangent
    ) async throws(BackendError) -> TaskGradients {
        if !hasFailed.load(ordering: .relaxed) {
            do {
                return try await primary.taskGradients(plan, inputs: inputs, cotangent: cotangent)
            } catch { give(up: error) }
        }
        return try await fallback.taskGradients(plan, inputs: inputs, cotangent: cotangent)
    }

    private func give(up error: BackendError) {
        if !hasFailed.exchange(true, ordering: .relaxed) { failed(error) }
    }
}
