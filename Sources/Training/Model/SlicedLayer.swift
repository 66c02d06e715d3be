import LinearAlgebra
import Randomness

/// A dense linear layer per task over the task's own inputs only, all tasks side by side.
///
/// Its parameters lie output by output in a flat array: an output's weights, then its bias.
struct SlicedLayer: Sendable {
    /// One output: the inputs it reads and where its parameters are.
    private struct Output {
        let firstInput: Int
        let width: Int
        /// The output's weights; its bias follows them.
        let firstParameter: Int
    }

    let inputCount: Int
    let parameterCount: Int
    private let outputs: [Output]

    /// A layer for tasks with `widths[t]` inputs and `outputCounts[t]` outputs each.
    init(widths: [Int], outputCounts: [Int]) {
        precondition(widths.count == outputCounts.count, "one width and one output count per task")
        var outputs: [Output] = []
        var (input, parameter) = (0, 0)
        for (width, count) in zip(widths, outputCounts) {
            for _ in 0..<count {
                outputs.append(Output(firstInput: input, width: width, firstParameter: parameter))
                parameter += width + 1
            }
            input += width
        }
        inputCount = input
        parameterCount = parameter
        self.outputs = outputs
    }

    var outputCount: Int { outputs.count }

    /// Weights and biases uniform in `±1 / sqrt(inputs of the task)`.
    func initialParameters(using generator: inout Philox) -> [Float] {
        outputs.flatMap { generator.weights($0.width + 1, inputs: $0.width) }
    }

    /// Outputs `[samples x outputs]` for `inputs` `[samples x inputs]`.
    func outputs(_ inputs: Matrix, parameters: UnsafeBufferPointer<Float>) -> Matrix {
        precondition(
            inputs.columns == inputCount && parameters.count == parameterCount, "sizes fit the layer")
        var result = Matrix(rows: inputs.rows, columns: outputCount)
        result.elements.withUnsafeMutableBufferPointer { result in
            inputs.elements.withUnsafeBufferPointer { inputs in
                forEachEntry(rows: result.count / max(outputCount, 1)) { index, input, output in
                    var sum = parameters[output.firstParameter + output.width]
                    for offset in 0..<output.width {
                        sum += parameters[output.firstParameter + offset] * inputs[input + offset]
                    }
                    result[index] = sum
                }
            }
        }
        return result
    }

    /// Writes the gradient of the parameters, summed over samples, for the outputs' `cotangent`; the inputs' is returned.
    func gradients(
        _ inputs: Matrix, cotangent: Matrix, parameters: UnsafeBufferPointer<Float>,
        into gradient: UnsafeMutableBufferPointer<Float>
    ) -> Matrix {
        precondition(
            inputs.columns == inputCount && cotangent.rows == inputs.rows && cotangent.columns == outputCount
                && parameters.count == parameterCount && gradient.count == parameterCount,
            "sizes fit the layer")
        gradient.update(repeating: 0)
        var result = Matrix(rows: inputs.rows, columns: inputCount)
        result.elements.withUnsafeMutableBufferPointer { inputSlopes in
            cotangent.elements.withUnsafeBufferPointer { slopes in
                inputs.elements.withUnsafeBufferPointer { inputs in
                    forEachEntry(rows: cotangent.rows) { index, input, output in
                        let slope = slopes[index]
                        let parameter = output.firstParameter
                        for offset in 0..<output.width {
                            inputSlopes[input + offset] += slope * parameters[parameter + offset]
                            gradient[parameter + offset] += slope * inputs[input + offset]
                        }
                        gradient[parameter + output.width] += slope
                    }
                }
            }
        }
        return result
    }

    /// Calls `body` for every entry of the outputs with its index and that of its first input.
    private func forEachEntry(rows: Int, _ body: (_ index: Int, _ input: Int, _ output: Output) -> Void) {
        outputs.withUnsafeBufferPointer { outputs in
            for row in 0..<rows {
                for (column, output) in outputs.enumerated() {
                    body(row * outputs.count + column, row * inputCount + output.firstInput, output)
                }
            }
        }
    }
}
