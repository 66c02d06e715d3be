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
        let readoutParameters = Array(parameters[circuit.parameterCount...])
        let slopes = RowCollector(rows: features.rows, columns: outputCount)
        let result = try await circuit.gradients(
            features: features, parameters: parameters[..<circuit.parameterCount],
            cotangent: Cotangent { [readout] expectations, samples in
                let outputs = readout.outputs(expectations, parameters: readoutParameters)
                let slope = cotangent(outputs, samples: samples)
                slopes.store(slope, at: samples)
                return readout.expectationGradient(
                    expectations, parameters: readoutParameters, cotangent: slope)
            })
        let readoutGradient = readout.parameterGradient(
            result.expectations, parameters: readoutParameters, cotangent: slopes.matrix)
        return HeadGradients(
            outputs: readout.outputs(result.expectations, parameters: readoutParameters),
            features: result.features, parameters: result.parameters + readoutGradient)
    }
}

extension QuantumHeads: CircuitHeads {
    /// The angles of a representation `[samples x d]` and of the heads' parameters.
    public func circuitInputs(features: Matrix, parameters: [Float]) -> ParameterBatch {
        circuit.inputs(features, parameters[..<circuit.parameterCount])
    }
}
