import Circuits
import Execution
import LinearAlgebra
import Randomness

/// One task's circuit whose trainable angles are features, so that every sample of a batch has angles of its own.
///
/// A backend then gives gradients angle by angle and sample by sample, which it sums up for trainable angles.
struct SampledCircuit: Sendable {
    /// The number of features of the original circuit; they come first.
    let featureCount: Int
    /// The number of its trainable angles, which follow.
    let parameterCount: Int
    /// Its readouts at the end of the circuit.
    private let evaluation: ObservableEvaluation

    /// The circuit of task `task`.
    init(_ circuit: MultiTaskCircuit, task: Int) throws(CircuitError) {
        let part = circuit.tasks[task]
        try self.init(
            circuit.circuit(ofTask: task),
            observables: part.observables.map { $0.relabelled { part.register[$0] } })
    }

    /// A circuit of its own, read by `observables`.
    init(_ circuit: Circuit, observables: [PauliString]) throws(CircuitError) {
        let (features, parameters) = (circuit.featureCount, circuit.parameterCount)
        featureCount = features
        parameterCount = parameters
        var encoding = Circuit(qubitCount: circuit.qubitCount, featureCount: features + parameters)
        for gate in circuit.gates {
            try encoding.append(gate.replacingAngle { $0.readingParametersAsFeatures(from: features) })
        }
        evaluation = try ObservableEvaluation(of: encoding, observables: observables)
    }

    /// Expectation values `[samples x readouts]` at features and angles side by side `[samples x (features + angles)]`.
    func expectations(_ inputs: Matrix, on backend: any Backend) async throws(BackendError) -> Matrix {
        try await evaluation.expectations(ParameterBatch(features: inputs, parameters: []), on: backend)
    }

    /// Expectation values, and their derivatives by the features and angles for each readout in turn.
    func jacobian(
        _ inputs: Matrix, on backend: any Backend
    ) async throws(BackendError) -> (expectations: Matrix, derivatives: [Matrix]) {
        let gradients = try await evaluation.gradients(
            ParameterBatch(features: inputs, parameters: []), on: backend)
        return (gradients.expectations, gradients.features)
    }
}

extension Angle {
    /// The angle with trainable angle `i` replaced by feature `first + i`.
    fileprivate func readingParametersAsFeatures(from first: Int) -> Angle {
        switch self {
        case .constant, .feature: self
        case .parameter(let index): .feature(first + index)
        case .product(let product):
            product.parameters.reduce(
                product.features.reduce(.constant(product.factor)) { $0 * .feature($1) }
            ) { $0 * .feature(first + $1) }
        }
    }
}

extension Philox {
    /// Uniform numbers, `[rows x columns]`.
    mutating func matrix(rows: Int, columns: Int, in range: Range<Float>) -> Matrix {
        Matrix(
            rows: rows, columns: columns, elements: (0..<rows * columns).map { _ in uniform(in: range) })
    }
}

/// A turn, which trainable angles are drawn from.
let turn: Range<Float> = 0..<2 * Float.pi
/// A quarter turn of either sign, in which a trunk's features lie.
let featureRange: Range<Float> = -Float.pi / 2..<Float.pi / 2
