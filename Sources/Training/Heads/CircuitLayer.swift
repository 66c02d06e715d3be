import Circuits
import Execution
import LinearAlgebra
import Randomness

/// A multi-task circuit as a layer: from features in `-1...1` to expectation values.
///
/// Only angles that a readout depends on are parameters; the others stay at 0.
struct CircuitLayer: Sendable {
    let plan: ExecutionPlan
    let backend: any Backend
    /// The map from features to the circuit's angles; nil where a feature of 1 is a quarter turn.
    let amplitudes: AmplitudeEncoding?
    /// The trainable angles that a readout depends on.
    let liveAngles: [Int]

    init(plan: ExecutionPlan, amplitudes: AmplitudeEncoding?, backend: any Backend) {
        self.plan = plan
        self.amplitudes = amplitudes
        self.backend = backend
        let dead = Set(plan.deadParameters)
        liveAngles = (0..<plan.circuit.parameterCount).filter { !dead.contains($0) }
    }

    var featureCount: Int { amplitudes?.featureCount ?? plan.circuit.featureCount }
    var expectationCount: Int { plan.circuit.readoutCount }
    var parameterCount: Int { liveAngles.count }

    /// Angles uniform in `±pi/2`.
    func initialParameters(using generator: inout Philox) -> [Float] {
        liveAngles.map { _ in generator.uniform(in: -Self.quarterTurn..<Self.quarterTurn) }
    }

    /// Expectation values `[samples x readouts]`.
    func expectations(features: Matrix, parameters: ArraySlice<Float>) async throws(BackendError) -> Matrix {
        try await backend.expectations(plan, inputs: inputs(features, parameters))
    }

    /// Expectation values and the gradients of features and live angles.
    func gradients(
        features: Matrix, parameters: ArraySlice<Float>, cotangent: Cotangent
    ) async throws(BackendError) -> CircuitGradients {
        var gradients = try await backend.gradients(
            plan, inputs: inputs(features, parameters), cotangent: cotangent)
        gradients.features = featureGradient(gradients.features, features: features)
        gradients.parameters = liveAngles.map { gradients.parameters[$0] }
        return gradients
    }

    /// A feature of 1 is a quarter turn: larger angles fold back on themselves and train worse.
    private static let quarterTurn = Float.pi / 2

    /// The angles that features and live angles stand for.
    func inputs(_ features: Matrix, _ parameters: ArraySlice<Float>) -> ParameterBatch {
        var angles = [Float](repeating: 0, count: plan.circuit.parameterCount)
        for (angle, parameter) in zip(liveAngles, parameters) { angles[angle] = parameter }
        return ParameterBatch(features: featureAngles(features), parameters: angles)
    }

    private func featureAngles(_ features: Matrix) -> Matrix {
        guard let amplitudes else { return Self.scaled(features) }
        return Matrix(
            rows: features.rows, columns: amplitudes.angleCount,
            elements: (0..<features.rows).flatMap { amplitudes.angles(of: Array(features.row($0))) })
    }

    func featureGradient(_ gradient: Matrix, features: Matrix) -> Matrix {
        guard let amplitudes else { return Self.scaled(gradient) }
        return Matrix(
            rows: features.rows, columns: features.columns,
            elements: (0..<features.rows).flatMap {
                amplitudes.gradient(Array(gradient.row($0)), features: Array(features.row($0)))
            })
    }

    static func scaled(_ matrix: Matrix) -> Matrix {
        var result = matrix
        scale(&result.elements)
        return result
    }

    static func scale(_ values: inout [Float]) {
        values.withUnsafeMutableBufferPointer { values in
            for index in values.indices { values[index] *= quarterTurn }
        }
    }
}
