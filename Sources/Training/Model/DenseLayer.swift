import LinearAlgebra
import Randomness

/// A dense linear layer `y = W x + b`, whose parameters lie in a flat array: `W` `[outputs x inputs]`, then `b`.
struct DenseLayer: Sendable {
    let inputCount: Int
    let outputCount: Int

    var parameterCount: Int { outputCount * (inputCount + 1) }
    private var biasStart: Int { outputCount * inputCount }

    /// Weights and biases uniform in `±1 / sqrt(inputs)`.
    func initialParameters(using generator: inout Philox) -> [Float] {
        generator.weights(parameterCount, inputs: inputCount)
    }

    /// Outputs `[samples x outputs]` for `inputs` `[samples x inputs]`.
    func outputs(_ inputs: Matrix, parameters: UnsafeBufferPointer<Float>) -> Matrix {
        precondition(
            inputs.columns == inputCount && parameters.count == parameterCount, "sizes fit the layer")
        var result = Matrix(rows: inputs.rows, columns: outputCount)
        guard inputs.rows > 0 else { return result }
        result.elements.withUnsafeMutableBufferPointer { result in
            for row in 0..<inputs.rows {
                for column in 0..<outputCount {
                    result[row * outputCount + column] = parameters[biasStart + column]
                }
            }
            inputs.elements.withUnsafeBufferPointer { inputs in
                Float.multiply(
                    inputs.count / inputCount, outputCount, inputCount,
                    MatrixFactor(inputs.baseAddress!, stride: inputCount),
                    MatrixFactor(parameters.baseAddress!, stride: inputCount, transposed: true), beta: 1,
                    output: result.baseAddress!, stride: outputCount, team: .allCores)
            }
        }
        return result
    }

    /// Writes the gradient of the parameters, summed over samples, for the outputs' `cotangent` `[samples x outputs]`.
    func parameterGradient(
        _ inputs: Matrix, cotangent: Matrix, into gradient: UnsafeMutableBufferPointer<Float>
    ) {
        precondition(cotangent.rows == inputs.rows && gradient.count == parameterCount, "sizes fit the layer")
        gradient.update(repeating: 0)
        guard inputs.rows > 0 else { return }
        cotangent.elements.withUnsafeBufferPointer { cotangent in
            inputs.elements.withUnsafeBufferPointer { values in
                Float.multiply(
                    outputCount, inputCount, inputs.rows,
                    MatrixFactor(cotangent.baseAddress!, stride: outputCount, transposed: true),
                    MatrixFactor(values.baseAddress!, stride: inputCount), output: gradient.baseAddress!,
                    stride: inputCount, team: .allCores)
            }
            for row in 0..<inputs.rows {
                for column in 0..<outputCount {
                    gradient[biasStart + column] += cotangent[row * outputCount + column]
                }
            }
        }
    }

    /// The gradient of the inputs, `[samples x inputs]`.
    func inputGradient(cotangent: Matrix, parameters: UnsafeBufferPointer<Float>) -> Matrix {
        precondition(
            cotangent.columns == outputCount && parameters.count == parameterCount, "sizes fit the layer")
        var result = Matrix(rows: cotangent.rows, columns: inputCount)
        guard cotangent.rows > 0 else { return result }
        result.elements.withUnsafeMutableBufferPointer { result in
            cotangent.elements.withUnsafeBufferPointer { values in
                Float.multiply(
                    cotangent.rows, inputCount, outputCount,
                    MatrixFactor(values.baseAddress!, stride: outputCount),
                    MatrixFactor(parameters.baseAddress!, stride: inputCount), output: result.baseAddress!,
                    stride: inputCount, team: .allCores)
            }
        }
        return result
    }
}
