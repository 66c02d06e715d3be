import LinearAlgebra
import Randomness

/// What turns the shared representation into the features of a circuit.
protocol FeatureMap: Sendable {
    var inputCount: Int { get }
    var outputCount: Int { get }
    var parameterCount: Int { get }

    func initialParameters(using generator: inout Philox) -> [Float]

    /// Outputs `[samples x outputs]` for `inputs` `[samples x inputs]`.
    func outputs(_ inputs: Matrix, parameters: [Float]) -> Matrix

    /// The gradients of inputs and parameters for the outputs' `cotangent`.
    func gradients(
        _ inputs: Matrix, parameters: [Float], cotangent: Matrix
    ) -> (inputs: Matrix, parameters: [Float])
}
