import Execution
import LinearAlgebra
import Randomness

/// A net per task of one hidden layer, `tanh`, over the task's own features only.
///
/// This is the null hypothesis with a nonlinear head: what a local head is worth when it may bend but has no circuit.
/// `sum_t (h (3 q_t + 1) + C_t (h + 1))` parameters: all hidden layers, then all output layers.
public struct MLPHeads: TaskHeads {
    private let hidden: SlicedLayer
    private let output: SlicedLayer

    /// Nets of `width` hidden units `h` for tasks with `widths[t]` own features and `outputCounts[t]` outputs.
    public init(widths: [Int], outputCounts: [Int], width: Int) {
        let hiddenCounts = [Int](repeating: width, count: widths.count)
        hidden = SlicedLayer(widths: widths, outputCounts: hiddenCounts)
        output = SlicedLayer(widths: hiddenCounts, outputCounts: outputCounts)
    }

    /// The number of features `d`: every task's own, side by side.
    public var featureCount: Int { hidden.inputCount }
    /// The number of outputs `O`.
    public var outputCount: Int { output.outputCount }
    /// `sum_t (h (3 q_t + 1) + C_t (h + 1))`.
    public var parameterCount: Int { hidden.parameterCount + output.parameterCount }

    /// Each layer uniform in `±1 / sqrt(inputs)`.
    public func initialParameters(using generator: inout Philox) -> [Float] {
        hidden.initialParameters(using: &generator) + output.initialParameters(using: &generator)
    }

    /// Outputs `[samples x O]`.
    public func outputs(features: Matrix, parameters: [Float]) -> Matrix {
        parameters.withUnsafeBufferPointer { parameters in
            output.outputs(activations(features, parameters), parameters: ofOutput(parameters))
        }
    }

    /// Outputs and the gradients of features and parameters.
    public func gradients(features: Matrix, parameters: [Float], cotangent: Cotangent) -> HeadGradients {
        parameters.withUnsafeBufferPointer { parameters in
            let activations = activations(features, parameters)
            let outputs = output.outputs(activations, parameters: ofOutput(parameters))
            let slope = cotangent(outputs, samples: 0..<features.rows)
            var gradient = [Float](repeating: 0, count: parameterCount)
            let featureGradient = gradient.withUnsafeMutableBufferPointer { gradient in
                var inner = output.gradients(
                    activations, cotangent: slope, parameters: ofOutput(parameters),
                    into: UnsafeMutableBufferPointer(rebasing: gradient[hidden.parameterCount...]))
                HyperbolicTangent.takeBack(&inner, through: activations)
                return hidden.gradients(
                    features, cotangent: inner, parameters: ofHidden(parameters),
                    into: UnsafeMutableBufferPointer(rebasing: gradient[..<hidden.parameterCount]))
            }
            return HeadGradients(outputs: outputs, features: featureGradient, parameters: gradient)
        }
    }

    /// The hidden units of all tasks, `[samples x T h]`.
    private func activations(_ features: Matrix, _ parameters: UnsafeBufferPointer<Float>) -> Matrix {
        var values = hidden.outputs(features, parameters: ofHidden(parameters))
        values.elements.withUnsafeMutableBufferPointer { HyperbolicTangent.apply(to: $0) }
        return values
    }

    private func ofHidden(_ parameters: UnsafeBufferPointer<Float>) -> UnsafeBufferPointer<Float> {
        UnsafeBufferPointer(rebasing: parameters[..<hidden.parameterCount])
    }

    private func ofOutput(_ parameters: UnsafeBufferPointer<Float>) -> UnsafeBufferPointer<Float> {
        UnsafeBufferPointer(rebasing: parameters[hidden.parameterCount...])
    }
}
