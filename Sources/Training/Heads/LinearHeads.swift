import Execution
import LinearAlgebra
import Randomness

/// One dense linear layer per task over all `d` features: `sum_t C_t (d + 1)` parameters.
public struct LinearHeads: TaskHeads {
    private let layer: DenseLayer

    /// Heads with `outputCount` outputs in all.
    public init(featureCount: Int, outputCount: Int) {
        layer = DenseLayer(inputCount: featureCount, outputCount: outputCount)
    }

    /// The number of features `d`.
    public var featureCount: Int { layer.inputCount }
    /// The number of outputs `O`.
    public var outputCount: Int { layer.outputCount }
    /// `O (d + 1)`: the matrix `[O x d]`, then the biases.
    public var parameterCount: Int { layer.parameterCount }

    /// Initial parameters, uniform in `±1 / sqrt(d)`.
    public func initialParameters(using generator: inout Philox) -> [Float] {
        layer.initialParameters(using: &generator)
    }

    /// Outputs `[samples x O]`.
    public func outputs(features: Matrix, parameters: [Float]) -> Matrix {
        parameters.withUnsafeBufferPointer { layer.outputs(features, parameters: $0) }
    }

    /// Outputs and the gradients of features and parameters.
    public func gradients(features: Matrix, parameters: [Float], cotangent: Cotangent) -> HeadGradients {
        let outputs = outputs(features: features, parameters: parameters)
        let slope = cotangent(outputs, samples: 0..<features.rows)
        var gradient = [Float](repeating: 0, count: parameterCount)
        gradient.withUnsafeMutableBufferPointer {
            layer.parameterGradient(features, cotangent: slope, into: $0)
        }
        return HeadGradients(
            outputs: outputs,
            features: parameters.withUnsafeBufferPointer {
                layer.inputGradient(cotangent: slope, parameters: $0)
            },
            parameters: gradient)
    }

    /// Outputs and the gradients of each task's share of a loss; no parameter is moved by two tasks.
    public func taskGradients(
        features: Matrix, parameters: [Float], tasks: [Range<Int>], cotangent: Cotangent
    ) -> HeadTaskGradients {
        let outputs = outputs(features: features, parameters: parameters)
        let slope = cotangent(outputs, samples: 0..<features.rows)
        var gradient = [Float](repeating: 0, count: parameterCount)
        gradient.withUnsafeMutableBufferPointer {
            layer.parameterGradient(features, cotangent: slope, into: $0)
        }
        let all = Array(0..<featureCount)
        var featureGradients = SparseGradients(rows: features.rows, columns: tasks.map { _ in all })
        for (task, columns) in tasks.enumerated() {
            let weights = Matrix(
                rows: columns.count, columns: featureCount,
                elements: Array(
                    parameters[columns.lowerBound * featureCount..<columns.upperBound * featureCount]))
            featureGradients[task] = Matrix.product(
                slope.gathering(columns: Array(columns)), .plain, weights)
        }
        return HeadTaskGradients(
            outputs: outputs, features: featureGradients,
            parts: SparseGradients(rows: 1, columns: tasks.map { _ in [] }), parameters: gradient)
    }
}
