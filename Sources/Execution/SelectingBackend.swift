import LinearAlgebra
import Synchronization

/// Computes each batch on the one of two backends that suits its size.
public final class SelectingBackend: Backend {
    private let preferred: any Backend
    private let alternative: any Backend
    private let prefers: @Sendable (_ plan: ExecutionPlan, _ samples: Int) -> Bool
    private let decided: @Sendable (_ prefersFirst: Bool) -> Void
    private let hasDecided = Atomic(false)
    private let usedAlternative = Atomic(false)

    /// What the backend that computed last is and can do; before the first batch the preferred one.
    public var capabilities: BackendCapabilities {
        usedAlternative.load(ordering: .relaxed) ? alternative.capabilities : preferred.capabilities
    }

    /// A backend that computes on `preferred` what `prefers` says, and on `alternative` the rest.
    ///
    /// `decided` is told the first decision.
    public init(
        _ preferred: any Backend, alternative: any Backend,
        prefers: @escaping @Sendable (_ plan: ExecutionPlan, _ samples: Int) -> Bool,
        decided: @escaping @Sendable (_ prefersFirst: Bool) -> Void
    ) {
        self.preferred = preferred
        self.alternative = alternative
        self.prefers = prefers
        self.decided = decided
    }

    /// What the backend that is preferred explains.
    public func explanation(of plan: ExecutionPlan) -> [String] {
        preferred.explanation(of: plan)
    }

    /// Expectation values, `[samples x readouts]`, each in `-1...1`.
    /// - Throws: `BackendError` of the chosen backend.
    public func expectations(
        _ plan: ExecutionPlan, inputs: ParameterBatch
    ) async throws(BackendError) -> Matrix {
        try await backend(plan, inputs).expectations(plan, inputs: inputs)
    }

    /// Expectation values and the gradients of features and trainable angles.
    /// - Throws: `BackendError` of the chosen backend.
    public func gradients(
        _ plan: ExecutionPlan, inputs: ParameterBatch, cotangent: Cotangent
    ) async throws(BackendError) -> CircuitGradients {
        try await backend(plan, inputs).gradients(plan, inputs: inputs, cotangent: cotangent)
    }

    /// Expectation values and the gradients of each task's share of a loss.
    /// - Throws: `BackendError` of the chosen backend.
    public func taskGradients(
        _ plan: ExecutionPlan, inputs: ParameterBatch, cotangent: Cotangent
    ) async throws(BackendError) -> TaskGradients {
        try await backend(plan, inputs).taskGradients(plan, inputs: inputs, cotangent: cotangent)
    }

    private func backend(_ plan: ExecutionPlan, _ inputs: ParameterBatch) -> any Backend {
        let prefersFirst = prefers(plan, inputs.sampleCount)
        usedAlternative.store(!prefersFirst, ordering: .relaxed)
        if !hasDecided.exchange(true, ordering: .relaxed) { decided(prefersFirst) }
        return prefersFirst ? preferred : alternative
    }
}
