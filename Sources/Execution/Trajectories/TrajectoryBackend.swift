import LinearAlgebra
import Randomness

/// Estimates what noise does to expectation values and gradients from quantum trajectories, on any backend.
///
/// Where a density matrix is too large, noise is drawn: each trajectory is a circuit without noise on which channels have
/// become gates, and the mean over trajectories has the expectation values and gradients of the noisy circuit for its
/// expectation. Mixtures of Pauli operators and coherent errors cost nothing more. Any other channel needs a branch qubit
/// beside each cone and multiplies values by its norm, which is about `1 + p` for amplitude damping: standard
/// errors grow with the product of all norms. Noise in task blocks and readout errors stay exact.
///
/// A sample's trajectories follow from the seed, its angles and their number alone: neither the backend nor how samples are
/// split into batches changes them.
/// Source: Dalibard, Castin, Mølmer, *Wave-function approach to dissipative processes in quantum optics* (PRL 68, 580);
/// here the probabilities do not depend on the state, so that means of gradients are gradients of means.
public actor TrajectoryBackend: EstimatingBackend {
    private let base: any Backend
    private let trajectories: Trajectories
    private var plans: [ExecutionPlan.ID: TrajectoryPlan] = [:]
    private var variance = (sum: 0.0, count: 0)

    /// What the other backend is and can do.
    public nonisolated var capabilities: BackendCapabilities { base.capabilities }

    /// A backend that runs trajectories on `base`.
    public init(_ base: any Backend, _ trajectories: Trajectories) {
        self.base = base
        self.trajectories = trajectories
    }

    /// What the other backend runs, how often, and how much noise multiplies standard errors.
    public nonisolated func explanation(of plan: ExecutionPlan) -> [String] {
        guard plan.noise != nil, let own = try? TrajectoryPlan(plan, backend: capabilities.name) else {
            return base.explanation(of: plan)
        }
        let (norm, sites) = (own.circuit.largestNorm, own.circuit.siteCount)
        return [
            "\(trajectories.count) quantum trajectories of each sample: "
                + (sites == 1 ? "1 channel is drawn" : "\(sites) channels are drawn")
                + (norm > 1.0005 ? ", values are multiplied by up to \(rounded(norm))" : "")
        ] + base.explanation(of: own.circuit.plan)
    }

    /// Estimated expectation values, `[samples x readouts]`, held to `-1...1`.
    /// - Throws: `BackendError` of the other backend; `.unsuitable` for plans with folded gates or wide noisy blocks.
    public func expectations(
        _ plan: ExecutionPlan, inputs: ParameterBatch
    ) async throws(BackendError) -> Matrix {
        try await measure(plan, inputs: inputs).matrix(columns: plan.circuit.readoutCount)
    }

    /// Estimated expectation values with their standard errors; values without noise are exact.
    /// - Throws: `BackendError` of the other backend; `.unsuitable` for plans with folded gates or wide noisy blocks.
    public func measure(
        _ plan: ExecutionPlan, inputs: ParameterBatch
    ) async throws(BackendError) -> MeasuredExpectations {
        guard plan.noise != nil else {
            let values = try await base.expectations(plan, inputs: inputs)
            variance.count += values.elements.count
            let rows = (0..<values.rows).map { values.row($0).map(Double.init) }
            return MeasuredExpectations(values: rows, standardErrors: rows.map { $0.map { _ in 0 } })
        }
        let own = try unravelled(plan)
        return try await forward(own, draws(own, plan, inputs)).expectations
    }

    /// The root mean square of the standard errors of all estimates so far, none of which counts as more than 1.
    public var standardError: Double { (variance.sum / Double(max(variance.count, 1))).squareRoot() }

    /// What measuring one sample takes of a device: trajectories are no shots.
    public func cost(of plan: ExecutionPlan) -> MeasurementCost {
        MeasurementCost(circuits: plan.circuit.measurementSettingCount, shots: nil, gateFactor: 1)
    }

    /// Estimated expectation values and their gradients from the same trajectories.
    ///
    /// Gradients are unbiased for a cotangent that does not depend on the expectation values, and else as good as these.
    /// - Throws: `BackendError` of the other backend; `.unsuitable` for plans with folded gates or wide noisy blocks.
    public func gradients(
        _ plan: ExecutionPlan, inputs: ParameterBatch, cotangent: Cotangent
    ) async throws(BackendError) -> CircuitGradients {
        guard plan.noise != nil else {
            return try await base.gradients(plan, inputs: inputs, cotangent: cotangent)
        }
        let own = try unravelled(plan)
        let draws = draws(own, plan, inputs)
        let (estimates, means) = try await forward(own, draws)
        let expectations = estimates.matrix(columns: plan.circuit.readoutCount)
        let slopes = cotangent(expectations, samples: 0..<inputs.sampleCount)

        let readouts = own.readouts(parameters: draws.inputs.parameters)
        var weights = Matrix(rows: inputs.sampleCount, columns: own.circuit.norms.count)
        for sample in 0..<weights.rows {
            for (index, readout) in readouts.enumerated() where slopes[sample, index] != 0 {
                let slope = Double(slopes[sample, index]) / Double(draws.count)
                for (column, coefficient) in readout.terms {
                    weights[sample, column] += Float(slope * coefficient)
                }
            }
        }
        let plainCircuit = plan.plainCircuit
        var features = [Double](repeating: 0, count: inputs.sampleCount * plainCircuit.featureCount)
        var parameters = [Double](repeating: 0, count: plainCircuit.parameterCount)
        own.addBlockGradients(
            slopes, means: means, parameters: draws.inputs.parameters, to: &parameters)
        for rows in draws.chunks {
            let batch = draws.batch(rows)
            var pulled = Matrix(rows: rows.count, columns: weights.columns)
            for (row, number) in rows.enumerated() {
                for column in 0..<weights.columns {
                    pulled[row, column] = weights[number / draws.count, column]
                }
            }
            let found = try await base.gradients(
                own.circuit.plan, inputs: batch, cotangent: Cotangent(pulled))
            for (row, number) in rows.enumerated() {
                let first = number / draws.count * plainCircuit.featureCount
                for column in 0..<plainCircuit.featureCount {
                    features[first + column] += Double(found.features[row, column])
                }
            }
            for (index, value) in found.parameters.enumerated() { parameters[index] += Double(value) }
        }
        let gradients = CircuitGradients(
            expectations: expectations,
            features: Matrix(
                rows: inputs.sampleCount, columns: plainCircuit.featureCount,
                elements: features.map { Float($0) }),
            parameters: parameters.map { Float($0) })
        return plan.expansion?.gradients(gradients, inputs: inputs) ?? gradients
    }

    private func draws(
        _ own: TrajectoryPlan, _ plan: ExecutionPlan, _ inputs: ParameterBatch
    ) -> TrajectoryDraws {
        TrajectoryDraws(
            own.circuit, plan.expansion?.inputs(inputs) ?? inputs, trajectories)
    }

    /// Values with standard errors, and the mean of each of the circuit's readouts, `[samples x columns]`.
    private func forward(
        _ own: TrajectoryPlan, _ draws: TrajectoryDraws
    ) async throws(BackendError) -> (expectations: MeasuredExpectations, means: [[Double]]) {
        let readouts = own.readouts(parameters: draws.inputs.parameters)
        let samples = draws.inputs.sampleCount
        let zeros = Array(repeating: [Double](repeating: 0, count: readouts.count), count: samples)
        var (sums, squares) = (zeros, zeros)
        var means = Array(
            repeating: [Double](repeating: 0, count: own.circuit.norms.count), count: samples)
        for rows in draws.chunks {
            let values = try await base.expectations(own.circuit.plan, inputs: draws.batch(rows))
            values.elements.withUnsafeBufferPointer { elements in
                guard let first = elements.baseAddress else { return }
                for (row, number) in rows.enumerated() {
                    let (sample, own) = (number / draws.count, first + row * values.columns)
                    for column in 0..<values.columns {
                        means[sample][column] += Double(own[column]) / Double(draws.count)
                    }
                    for (index, readout) in readouts.enumerated() {
                        let value = readout.value(own)
                        sums[sample][index] += value
                        squares[sample][index] += value * value
                    }
                }
            }
        }
        let count = Double(draws.count)
        let values = sums.map { $0.map { $0 / count } }
        let errors = zip(values, squares).map { values, squares in
            zip(values, squares).map { mean, square in
                (max(0, square / count - mean * mean) / max(count - 1, 1)).squareRoot()
            }
        }
        for error in errors.joined() { variance.sum += min(1, error * error) }
        variance.count += samples * readouts.count
        return (MeasuredExpectations(values: values, standardErrors: errors), means)
    }

    private func unravelled(_ plan: ExecutionPlan) throws(BackendError) -> TrajectoryPlan {
        if let known = plans[plan.id] { return known }
        let own = try TrajectoryPlan(plan, backend: capabilities.name)
        // A few plans are kept, so that alternating ones are not made again.
        if plans.count >= 4 { plans.removeAll() }
        plans[plan.id] = own
        return own
    }
}

/// Two digits behind the point.
private func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
