import Execution
import LinearAlgebra
import Randomness

/// One dense linear layer per task over the task's own features only: `sum_t C_t (3 q_t + 1)` parameters.
///
/// This is the null hypothesis of a comparison: what a local head is worth without a circuit.
public struct SlicedHeads: TaskHeads {
    /// One output: the features it reads and where its parameters are.
    private struct Output {
        let firstFeature: Int
        let width: Int
        /// The output's weights; its bias follows them.
        let firstParameter: Int
    }

    /// The number of features `d`: every task's own, side by side.
    public let featureCount: Int
    /// Output by output: its weights, then its bias.
    public let parameterCount: Int
    private let outputs: [Output]

    /// Heads of tasks with `widths[t]` own features (`3 q_t` in a matched comparison) and `outputCounts[t]` outputs.
    public init(widths: [Int], outputCounts: [Int]) {
        precondition(widths.count == outputCounts.count, "one width and one output count per task")
        var outputs: [Output] = []
        var (feature, parameter) = (0, 0)
        for (width, count) in zip(widths, outputCounts) {
            for _ in 0..<count {
                outputs.append(Output(firstFeature: feature, width: width, firstParameter: parameter))
                parameter += width + 1
            }
            feature += width
        }
        featureCount = feature
        parameterCount = parameter
        self.outputs = outputs
    }

    /// The number of outputs `O`.
    public var outputCount: Int { outputs.count }

    /// Initial parameters, uniform in `±1 / sqrt(3 q_t)`.
    public func initialParameters(using generator: inout Philox) -> [Float] {
        var parameters: [Float] = []
        parameters.reserveCapacity(parameterCount)
        for output in outputs {
            let bound = 1 / Float(output.width).squareRoot()
            for _ in 0...output.width { parameters.append(generator.uniform(in: -bound..<bound)) }
        }
        return parameters
    }

    /// Outputs `[samples x O]`.
    public func outputs(features: Matrix, parameters: [Float]) -> Matrix {
        precondition(features.columns == featureCount && parameters.count == parameterCount)
        var result = Matrix(rows: features.rows, columns: outputCount)
        result.elements.withUnsafeMutableBufferPointer { result in
            features.elements.withUnsafeBufferPointer { features in
                parameters.withUnsafeBufferPointer { parameters in
                    forEachEntry(rows: result.count / max(outputCount, 1)) { index, feature, output in
                        var sum = parameters[output.firstParameter + output.width]
                        for offset in 0..<output.width {
                            sum += parameters[output.firstParameter + offset] * features[feature + offset]
                        }
                        result[index] = sum
                    }
                }
            }
        }
        return result
    }

    /// Outputs and the gradients of features and parameters.
    public func gradients(features: Matrix, parameters: [Float], cotangent: Cotangent) -> HeadGradients {
        let outputs = outputs(features: features, parameters: parameters)
        let slope = cotangent(outputs, samples: 0..<features.rows)
        var result = HeadGradients(
            outputs: outputs, features: Matrix(rows: features.rows, columns: featureCount),
            parameters: [Float](repeating: 0, count: parameterCount))
        result.features.elements.withUnsafeMutableBufferPointer { featureSlopes in
            result.parameters.withUnsafeMutableBufferPointer { parameterSlopes in
                slope.elements.withUnsafeBufferPointer { slopes in
                    features.elements.withUnsafeBufferPointer { features in
                        parameters.withUnsafeBufferPointer { parameters in
                            forEachEntry(rows: outputs.rows) { index, feature, output in
                                let slope = slopes[index]
                                let parameter = output.firstParameter
                                for offset in 0..<output.width {
                                    featureSlopes[feature + offset] += slope * parameters[parameter + offset]
                                    parameterSlopes[parameter + offset] += slope * features[feature + offset]
                                }
                                parameterSlopes[parameter + output.width] += slope
                            }
                        }
                    }
                }
            }
        }
        return result
    }

    /// Calls `body` for every entry of the outputs with its index and that of its first feature.
    private func forEachEntry(rows: Int, _ body: (_ index: Int, _ feature: Int, _ output: Output) -> Void) {
        outputs.withUnsafeBufferPointer { outputs in
            for row in 0..<rows {
                for (column, output) in outputs.enumerated() {
                    body(row * outputs.count + column, row * featureCount + output.firstFeature, output)
                }
            }
        }
    }
}
