import Execution
import LinearAlgebra
import Randomness

/// An adapter of `k` hidden units `tanh(A x + a)` that all tasks share, and a linear layer per task behind it.
///
/// `k (d + 1) + sum_t C_t (k + 1)` parameters: the adapter's, then the tasks'. Source: Houlsby et al., *Parameter-efficient
/// transfer learning for NLP* (ICML 2019), the down-projection of an adapter.
public struct BottleneckHeads: TaskHeads {
    private let adapter: DenseLayer
    private let tasks: DenseLayer

    /// Heads with `outputCount` outputs in all behind `width` hidden units.
    public init(featureCount: Int, outputCount: Int, width: Int) {
        adapter = DenseLayer(inputCount: featureCount, outputCount: width)
        tasks = DenseLayer(inputCount: width, outputCount: outputCount)
    }

    /// The number of features `d`.
    public var featureCount: Int { adapter.inputCount }
    /// The number of outputs `O`.
    public var outputCount: Int { tasks.outputCount }
    /// The number of hidden units `k`.
    public var width: Int { adapter.outputCount }
    /// `k (d + 1) + O (k + 1)`.
    public var parameterCount: Int { adapter.parameterCount + tasks.parameterCount }

    /// Each layer uniform in `±1 / sqrt(inputs)`.
    public func initialParameters(using generator: inout Philox) -> [Float] {
        adapter.initialParameters(using: &generator) + tasks.initialParameters(using: &generator)
    }

    /// Outputs `[samples x O]`.
    public func outputs(features: Matrix, parameters: [Float]) -> Matrix {
        parameters.withUnsafeBufferPointer { parameters in
            tasks.outputs(hidden(features, parameters), parameters: ofTasks(parameters))
        }
    }

    /// Outputs and the gradients of features and parameters.
    public func gradients(features: Matrix, parameters: [Float], cotangent: Cotangent) -> HeadGradients {
        parameters.withUnsafeBufferPointer { parameters in
            let hidden = hidden(features, parameters)
            let outputs = tasks.outputs(hidden, parameters: ofTasks(parameters))
            let slope = cotangent(outputs, samples: 0..<features.rows)
            var inner = tasks.inputGradient(cotangent: slope, parameters: ofTasks(parameters))
            HyperbolicTangent.takeBack(&inner, through: hidden)
            var gradient = [Float](repeating: 0, count: parameterCount)
            gradient.withUnsafeMutableBufferPointer { gradient in
                adapter.parameterGradient(
                    features, cotangent: inner,
                    into: UnsafeMutableBufferPointer(rebasing: gradient[..<adapter.parameterCount]))
                tasks.parameterGradient(
                    hidden, cotangent: slope,
                    into: UnsafeMutableBufferPointer(rebasing: gradient[adapter.parameterCount...]))
            }
            return HeadGradients(
                outputs: outputs,
                features: adapter.inputGradient(cotangent: inner, parameters: ofAdapter(parameters)),
                parameters: gradient)
        }
    }

    private func hidden(_ features: Matrix, _ parameters: UnsafeBufferPointer<Float>) -> Matrix {
        var hidden = adapter.outputs(features, parameters: ofAdapter(parameters))
        hidden.elements.withUnsafeMutableBufferPointer { HyperbolicTangent.apply(to: $0) }
        return hidden
    }

    private func ofAdapter(_ parameters: UnsafeBufferPointer<Float>) -> UnsafeBufferPointer<Float> {
        UnsafeBufferPointer(rebasing: parameters[..<adapter.parameterCount])
    }

    private func ofTasks(_ parameters: UnsafeBufferPointer<Float>) -> UnsafeBufferPointer<Float> {
        UnsafeBufferPointer(rebasing: parameters[adapter.parameterCount...])
    }
}
