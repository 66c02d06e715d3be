import LinearAlgebra

/// Estimates expectation values as a device would: from shots, with or without mitigation of errors.
///
/// The distributions of outcomes are those of another backend, exactly; outcomes are drawn from a stream of random numbers
/// per sample, which follows from the seed and the sample's angles: neither how samples are split into batches nor what was
/// measured before changes them. The same angles measured again give new outcomes, unless a run is to be repeatable.
public actor MeasuringBackend: EstimatingBackend {
    /// What the other backend is and can do.
    public nonisolated let capabilities: BackendCapabilities
    private let base: any Backend
    private let measurement: Measurement
    private let repeatsOutcomes: Bool
    private var variance = (sum: 0.0, count: 0)
    private var measuredPlans: [ExecutionPlan.ID: MeasuredPlan] = [:]
    private var shifts: [ExecutionPlan.ID: ParameterShift] = [:]
    /// How often samples of each digest were measured at the trainable angles of the last call.
    private var occurrences: [UInt64: UInt32] = [:]
    private var lastAngles: UInt64?

    /// A backend that estimates what `base` computes.
    /// - Parameters:
    ///   - base: what computes the distributions of outcomes.
    ///   - measurement: how values are estimated.
    ///   - repeatsOutcomes: whether the same angles measured again give the same outcomes, so that what was stopped can
    ///     be resumed to the same end.
    public init(_ base: any Backend, _ measurement: Measurement, repeatsOutcomes: Bool = false) {
        self.base = base
        self.repeatsOutcomes = repeatsOutcomes
        self.measurement = measurement
        capabilities = base.capabilities
    }

    /// Estimated expectation values, `[samples x readouts]`; mitigated ones are held to `-1...1`.
    /// - Throws: `BackendError` of the other backend.
    public func expectations(
        _ plan: ExecutionPlan, inputs: ParameterBatch
    ) async throws(BackendError) -> Matrix {
        try await measure(plan, inputs: inputs).matrix(columns: plan.circuit.readoutCount)
    }

    /// Estimated expectation values with their standard errors.
    /// - Throws: `BackendError` of the other backend.
    public func measure(
        _ plan: ExecutionPlan, inputs: ParameterBatch
    ) async throws(BackendError) -> MeasuredExpectations {
        var samplers = samplers(of: inputs, purpose: 0)
        return try await measure(plan, inputs: inputs, &samplers)
    }

    /// The root mean square of the standard errors of all estimates so far, none of which counts as more than 1.
    public var standardError: Double { (variance.sum / Double(max(variance.count, 1))).squareRoot() }

    /// What measuring one sample takes of a device.
    public func cost(of plan: ExecutionPlan) -> MeasurementCost { measured(plan).cost }

    /// Estimated expectation values and their gradients by the parameter shift rule, each shifted circuit from new shots.
    /// - Throws: `BackendError.unsuitable` with extrapolation; `BackendError` of the other backend.
    public func gradients(
        _ plan: ExecutionPlan, inputs: ParameterBatch, cotangent: Cotangent
    ) async throws(BackendError) -> CircuitGradients {
        guard measurement.extrapolation == nil, plan.folds == 0 else {
            throw .unsuitable(
                backend: capabilities.name,
                reason: "values that are continued to no noise have no gradients; train without extrapolation"
            )
        }
        let shift = shift(plan)
        var samplers = samplers(of: inputs, purpose: 1)
        var values: [Matrix] = []
        for evaluation in shift.evaluations(of: inputs) {
            let measured = try await measure(shift.plan, inputs: evaluation, &samplers)
            values.append(measured.matrix(columns: plan.circuit.readoutCount))
        }
        return shift.gradients(values, inputs: inputs, cotangent: cotangent)
    }

    /// How often `gradients` measures every sample.
    public func gradientEvaluations(of plan: ExecutionPlan) -> Int { shift(plan).evaluationCount }

    private func measure(
        _ plan: ExecutionPlan, inputs: ParameterBatch, _ samplers: inout [ShotSampler]
    ) async throws(BackendError) -> MeasuredExpectations {
        let measured = measured(plan)
        var values: [Matrix] = []
        for plan in measured.plans { values.append(try await base.expectations(plan, inputs: inputs)) }
        let estimates = measured.estimate(values, &samplers)
        // An extrapolation can have any error, but its value is held to -1...1.
        for error in estimates.standardErrors.joined() { variance.sum += min(1, error * error) }
        variance.count += inputs.sampleCount * plan.circuit.readoutCount
        return estimates
    }

    /// The sampler of each sample.
    private func samplers(of inputs: ParameterBatch, purpose: UInt64) -> [ShotSampler] {
        let angles = AngleDigest(inputs.parameters).value
        if angles != lastAngles { occurrences = [:] }
        lastAngles = angles
        return (0..<inputs.sampleCount).map { sample in
            var digest = AngleDigest(inputs.features.row(sample))
            digest.append(angles)
            digest.append(purpose)
            let occurrence = occurrences[digest.value, default: 0]
            if !repeatsOutcomes { occurrences[digest.value] = occurrence &+ 1 }
            return ShotSampler(seed: measurement.seed, digest: digest.value, occurrence: occurrence)
        }
    }

    private func shift(_ plan: ExecutionPlan) -> ParameterShift {
        if let known = shifts[plan.id] { return known }
        let shift = ParameterShift(plan)
        shifts[plan.id] = shift
        return shift
    }

    private func measured(_ plan: ExecutionPlan) -> MeasuredPlan {
        if let known = measuredPlans[plan.id] { return known }
        let measured = MeasuredPlan(plan, measurement)
        measuredPlans[plan.id] = measured
        return measured
    }
}

/// A number that tells lists of angles apart.
struct AngleDigest {
    private(set) var value: UInt64 = 0

    init(_ angles: some Sequence<Float>) { for angle in angles { append(UInt64(angle.bitPattern)) } }

    /// Takes in 64 more bits.
    ///
    /// Source of the mixing: Steele, Lea, Flood, *Fast splittable pseudorandom number generators* (OOPSLA 2014).
    mutating func append(_ word: UInt64) {
        var mixed = value &+ word &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        value = mixed ^ mixed >> 31
    }
}
