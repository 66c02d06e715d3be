import Circuits
import Execution
import LinearAlgebra
import Randomness

/// The heads of a multi-task circuit: one encoding and one trained block per task, read out as expectation values.
///
/// Parameters are the live angles in circuit order, then the readout's.
public struct QuantumHeads: TaskHeads {
    private let circuit: CircuitLayer
    private let readout: any ExpectationReadout
    /// The share of each parameter, times the learning rate, that a step takes away.
    public let weightDecay: Float

    /// Heads of a circuit; `amplitudes` is the map to its angles where features are not angles themselves.
    init(
        plan: ExecutionPlan, amplitudes: AmplitudeEncoding? = nil, readout: any ExpectationReadout,
        backend: any Backend, weightDecay: Float = 0
    ) {
        circuit = CircuitLayer(plan: plan, amplitudes: amplitudes, backend: backend)
        precondition(readout.expectationCount == circuit.expectationCount, "the readout fits the circuit")
        self.readout = readout
        self.weightDecay = weightDecay
    }

    /// The number of features that the circuit encodes.
    public var featureCount: Int { circuit.featureCount }
    /// The number of outputs `O`.
    public var outputCount: Int { readout.outputCount }
    /// Live angles and the readout's parameters.
    public var parameterCount: Int { circuit.parameterCount + readout.parameterCount }

    /// Angles uniform in `±pi/2`, then the readout's own initial values.
    public func initialParameters(using generator: inout Philox) -> [Float] {
        circuit.initialParameters(using: &generator) + readout.initialParameters(using: &generator)
    }

    /// Outputs `[samples x O]`.
    /// - Throws: `BackendError`.
    public func outputs(features: Matrix, parameters: [Float]) async throws -> Matrix {
        let expectations = try await circuit.expectations(
            features: features, parameters: parameters[..<circuit.parameterCount])
        return readout.outputs(expectations, parameters: Array(parameters[circuit.parameterCount...]))
    }

    /// Outputs and the gradients of features and parameters; the circuits run forward and back in one pass.
    /// - Throws: `BackendError`.
    public func gradients(
        features: Matrix, parameters: [Float], cotangent: Cotangent
    ) async throws -> HeadGradients {
        let reading = Reading(readout, parameters: parameters, from: circuit, rows: features.rows)
        let result = try await circuit.gradients(
            features: features, parameters: parameters[..<circuit.parameterCount],
            cotangent: reading.cotangent(cotangent))
        return HeadGradients(
            outputs: reading.outputs(result.expectations), features: result.features,
            parameters: result.parameters + reading.parameterGradient(result.expectations))
    }

    /// Outputs and the gradients of each task's share of a loss: as the backend gives them, where a task reads its own circuit.
    /// - Throws: `BackendError`.
    public func taskGradients(
        features: Matrix, parameters: [Float], tasks: [Range<Int>], cotangent: Cotangent
    ) async throws -> HeadTaskGradients {
        guard readout.keepsTasksApart, circuit.plan.circuit.tasks.count == tasks.count else {
            return try await maskedTaskGradients(
                features: features, parameters: parameters, tasks: tasks, cotangent: cotangent)
        }
        let reading = Reading(readout, parameters: parameters, from: circuit, rows: features.rows)
        let result = try await circuit.taskGradients(
            features: features, parameters: parameters[..<circuit.parameterCount],
            cotangent: reading.cotangent(cotangent))
        return HeadTaskGradients(
            outputs: reading.outputs(result.expectations), features: result.features,
            parts: result.encoding,
            parameters: result.parameters + reading.parameterGradient(result.expectations))
    }
}

/// A readout on its way through a batch: its parameters, and the cotangents of outputs that were asked for.
private struct Reading: Sendable {
    private let readout: any ExpectationReadout
    private let parameters: [Float]
    private let slopes: RowCollector

    /// The readout whose parameters follow those of `circuit`.
    init(_ readout: any ExpectationReadout, parameters: [Float], from circuit: CircuitLayer, rows: Int) {
        self.readout = readout
        self.parameters = Array(parameters[circuit.parameterCount...])
        slopes = RowCollector(rows: rows, columns: readout.outputCount)
    }

    func outputs(_ expectations: Matrix) -> Matrix { readout.outputs(expectations, parameters: parameters) }

    /// The cotangent of expectation values for one of outputs.
    func cotangent(_ cotangent: Cotangent) -> Cotangent {
        Cotangent { expectations, samples in
            let slope = cotangent(outputs(expectations), samples: samples)
            slopes.store(slope, at: samples)
            return readout.expectationGradient(expectations, parameters: parameters, cotangent: slope)
        }
    }

    /// The gradient of the readout's parameters, once all samples were asked for.
    func parameterGradient(_ expectations: Matrix) -> [Float] {
        readout.parameterGradient(expectations, parameters: parameters, cotangent: slopes.matrix)
    }
}

extension QuantumHeads: CircuitHeads {
    /// The angles of a representation `[samples x d]` and of the heads' parameters.
    public func circuitInputs(features: Matrix, parameters: [Float]) -> ParameterBatch {
        circuit.inputs(features, parameters[..<circuit.parameterCount])
    }
}
