import Circuits

/// Dense simulation of whole multi-task circuits in double precision, gate by gate: plain, slow, the oracle of tests.
///
/// Nothing is cut, fused or shared beyond the definition: every sample is encoded on all qubits, and every task applies
/// its block to a copy. Time and memory grow as 2^qubits.
public enum ReferenceSimulator {
    /// Expectation values, `[samples x readouts]`, for feature angles `[samples x features]`, in radians.
    public static func expectations(
        _ circuit: MultiTaskCircuit, features: [[Double]], parameters: [Double]
    ) -> [[Double]] {
        features.map { sample in
            let values = AngleValues(circuit, features: sample, parameters: parameters)
            return readouts(circuit, of: encode(circuit, values), values)
        }
    }

    /// Expectation values and the gradients of a loss, by the adjoint method.
    ///
    /// `cotangent` gives the derivatives of the loss by one sample's expectation values, `[readouts]`.
    /// Source: Jones, Gacon, *Efficient calculation of gradients in classical simulations of variational quantum
    /// algorithms* (arXiv:2009.02823).
    public static func gradients(
        _ circuit: MultiTaskCircuit, features: [[Double]], parameters: [Double],
        cotangent: (_ sample: Int, _ expectations: [Double]) -> [Double]
    ) -> ReferenceGradients {
        var result = ReferenceGradients(
            expectations: [], features: [], parameters: Array(repeating: 0, count: circuit.parameterCount))
        for (index, sample) in features.enumerated() {
            let values = AngleValues(circuit, features: sample, parameters: parameters)
            let encoded = encode(circuit, values)
            let expectations = readouts(circuit, of: encoded, values)
            let weights = cotangent(index, expectations)
            precondition(weights.count == circuit.readoutCount, "a cotangent has one value per readout")

            var sweep = AdjointSweep(values)
            var encodedCotangent = StateVector.zero(qubitCount: encoded.qubitCount)
            for (index, task) in circuit.tasks.enumerated() {
                var state = applyBlock(of: index, in: circuit, to: encoded, values)
                var cotangent = StateVector.zero(qubitCount: encoded.qubitCount)
                for (observable, readout) in zip(task.placedObservables, circuit.readouts[index]) {
                    cotangent.add(weights[readout], state.applying(observable))
                }
                sweep.goBack(
                    through: task.placedGates, &state, &cotangent,
                    firstParameter: circuit.blockParameters[index].lowerBound)
                encodedCotangent.add(1, cotangent)
            }
            var state = encoded
            sweep.goBack(through: circuit.encoding.gates, &state, &encodedCotangent, firstParameter: 0)

            result.expectations.append(expectations)
            result.features.append(sweep.gradients.features)
            for (angle, gradient) in sweep.gradients.parameters.enumerated() {
                result.parameters[angle] += gradient
            }
        }
        return result
    }

    private static func encode(_ circuit: MultiTaskCircuit, _ values: AngleValues) -> StateVector {
        var state = StateVector(qubitCount: circuit.encoding.qubitCount)
        for gate in circuit.encoding.gates { state.apply(gate, angle: values[gate.angle, firstParameter: 0]) }
        return state
    }

    private static func readouts(
        _ circuit: MultiTaskCircuit, of encoded: StateVector, _ values: AngleValues
    ) -> [Double] {
        circuit.tasks.indices.flatMap { task in
            let state = applyBlock(of: task, in: circuit, to: encoded, values)
            return circuit.tasks[task].placedObservables.map(state.expectation(of:))
        }
    }

    private static func applyBlock(
        of task: Int, in circuit: MultiTaskCircuit, to encoded: StateVector, _ values: AngleValues
    ) -> StateVector {
        var state = encoded
        let firstParameter = circuit.blockParameters[task].lowerBound
        for gate in circuit.tasks[task].placedGates {
            state.apply(gate, angle: values[gate.angle, firstParameter: firstParameter])
        }
        return state
    }
}

/// Expectation values and the gradients of a loss, in double precision.
public struct ReferenceGradients: Equatable, Sendable {
    /// Expectation values, `[samples x readouts]`.
    public var expectations: [[Double]]
    /// The gradient of the feature angles, `[samples x features]`.
    public var features: [[Double]]
    /// The gradient of the trainable angles, summed over samples: the encoding's, then each task block's.
    public var parameters: [Double]
}

extension TaskCircuit {
    /// The block's gates on the circuit's qubits.
    fileprivate var placedGates: [Gate] { block.gates.map { $0.relabelled { register[$0] } } }
}
