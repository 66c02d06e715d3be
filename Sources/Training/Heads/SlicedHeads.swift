import Execution
import LinearAlgebra
import Randomness

/// One dense linear layer per task over the task's own features only: `sum_t C_t (3 q_t + 1)` parameters.
///
/// This is the null hypothesis of a comparison: what a local head is worth without a circuit.
public struct SlicedHeads: TaskHeads {
    private let layer: SlicedLayer

    /// Heads of tasks with `widths[t]` own features (`3 q_t` in a matched comparison) and `outputCounts[t]` outputs.
    public init(widths: [Int], outputCounts: [Int]) {
        layer = SlicedLayer(widths: widths, outputCounts: outputCounts)
    }

    /// The number of features `d`: every task's own, side by side.
    public var featureCount: Int { layer.inputCount }
    /// The number of outputs `O`.
    public var outputCount: Int { layer.outputCount }
    /// Output by output: its weights, then its bias.
    public var parameterCount: Int { layer.parameterCount }

    /// Initial parameters, uniform in `±1 / sqrt(3 q_t)`.
    public func initialParameters(using generator: inout Philox) -> [Float] {
        layer.initialParameters(using: &generator)
    }

    /// Outputs `[samples x O]`.
    public func outputs(features: Matrix, parameters: [Float]) -> Matrix {
        parameters.withUnsafeBufferPointer { layer.outputs(features, parameters: $0) }
    }

    /// Outputs and the gradients of features and parameters.
    public func gradients(features: Matrix, parameters: [Float], cotangent: Cotangent) -> HeadGradients {
        parameters.withUnsafeBufferPointer { parameters in
            let outputs = layer.outputs(features, parameters: parameters)
            let slope = cotangent(outputs, samples: 0..<features.rows)
            var gradient = [Float](repeating: 0, count: parameterCount)
            let featureGradient = gradient.withUnsafeMutableBufferPointer {
                layer.gradients(features, cotangent: slope, parameters: parameters, into: $0)
            }
            return HeadGradients(outputs: outputs, features: featureGradient, parameters: gradient)
        }
    }
}
