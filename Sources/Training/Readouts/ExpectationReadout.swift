import LinearAlgebra
import Randomness

/// What turns expectation values `[samples x readouts]` into outputs `[samples x O]`.
///
/// The gradient comes in two parts, because a backend asks for that of the expectation values piece by piece, while that of
/// the parameters is a sum over the whole batch, which must not depend on the pieces.
protocol ExpectationReadout: Sendable {
    var expectationCount: Int { get }
    var outputCount: Int { get }
    var parameterCount: Int { get }
    /// Whether a task's outputs depend on the expectation values of its own circuit alone.
    var keepsTasksApart: Bool { get }

    func initialParameters(using generator: inout Philox) -> [Float]

    /// Outputs `[samples x O]`.
    func outputs(_ expectations: Matrix, parameters: [Float]) -> Matrix

    /// The gradient of the expectation values, same shape as these, for the outputs' `cotangent`.
    func expectationGradient(_ expectations: Matrix, parameters: [Float], cotangent: Matrix) -> Matrix

    /// The gradient of the parameters, summed over samples.
    func parameterGradient(_ expectations: Matrix, parameters: [Float], cotangent: Matrix) -> [Float]
}

extension ExpectationReadout {
    /// No: an output may read any expectation value.
    var keepsTasksApart: Bool { false }
}
