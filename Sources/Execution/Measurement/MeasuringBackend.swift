import LinearAlgebra

/// Estimates expectation values as a device would: from shots, with or without mitigation of errors.
///
/// The distributions of outcomes are those of another backend, exactly; outcomes are drawn from a stream of random numbers
/// per sample. Samples are numbered on from call to call, so a batch that is split gives the same outcomes.
public actor MeasuringBackend: Backend {
    /// What the other backend is and can do.
    public nonisolated let capabilities: BackendCapabilities
    private let base: any Backend
    private let measurement: Measurement
    private var nextSample: UInt32 = 0
    private var known: (plan: ExecutionPlan.ID, measured: MeasuredPlan)?
    private var variance = (sum: 0.0, count: 0)

    /// A backend that estimates what `base` computes.
    public init(_ base: any Backend, _ measurement: Measurement) {
        self.base = base
        self.measurement = measurement
        capabilities = base.capabilities
    }

    /// Estimated expectation values, `[samples x readouts]`; mitigated ones are held to `-1...1`.
    /// - Throws: `BackendError` of the other backend.
    public func expectations(
        _ plan: ExecutionPlan, inputs: ParameterBatch
    ) async throws(BackendError) -> Matrix {
        let estimates = try await measure(plan, inputs: inputs).values
        return Matrix(
            rows: inputs.sampleCount, columns: plan.circuit.readoutCount,
            elements: estimates.joined().map { Float(min(1, max(-1, $0))) })
    }

    /// Estimated expectation values with their standard errors.
    /// - Throws: `BackendError` of the other backend.
    public func measure(
        _ plan: ExecutionPlan, inputs: ParameterBatch
    ) async throws(BackendError) -> MeasuredExpectations {
        let measured = self.measured(plan)
        let first = nextSample
        nextSample &+= UInt32(truncatingIfNeeded: inputs.sampleCount)
        var values: [Matrix] = []
        for plan in measured.plans { values.append(try await base.expectations(plan, inputs: inputs)) }
        let estimates = measured.estimate(values, firstSample: first)
        // An extrapolation can have any error, but its value is held to -1...1.
        for error in estimates.standardErrors.joined() { variance.sum += min(1, error * error) }
        variance.count += inputs.sampleCount * plan.circuit.readoutCount
        return estimates
    }

    /// The root mean square of the standard errors of all estimates so far, none of which counts as more than 1.
    public var standardError: Double { (variance.sum / Double(max(variance.count, 1))).squareRoot() }

    /// What measuring one sample takes of a device.
    public func cost(of plan: ExecutionPlan) -> MeasurementCost { measured(plan).cost }

    /// Estimates have no exact gradients.
    /// - Throws: `BackendError.unavailable`.
    public func gradients(
        _ plan: ExecutionPlan, inputs: ParameterBatch, cotangent: Cotangent
    ) async throws(BackendError) -> CircuitGradients {
        throw .unavailable(
            backend: capabilities.name,
            reason: "values estimated from shots have no exact gradients; train without --shots")
    }

    private func measured(_ plan: ExecutionPlan) -> MeasuredPlan {
        if let known, known.plan == plan.id { return known.measured }
        let measured = MeasuredPlan(plan, measurement)
        known = (plan.id, measured)
        return measured
    }
}
