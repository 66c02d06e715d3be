import Execution
import LinearAlgebra
import Randomness

/// One linear layer that all tasks share, changed by a matrix of rank `r` for each task.
///
/// Task `t` computes `(W + B_t A_t) x`, where a task of fewer outputs reads the first rows of `W`. There are
/// `C d + sum_t r (d + C_t)` parameters with `C` the most outputs of a task, and no biases: `W` `[C x d]`, all `A_t`
/// `[T r x d]`, then all `B_t` `[O x r]`. Source: Hu et al., *LoRA: low-rank adaptation of large language models*
/// (ICLR 2022), here with a trained `W`.
public struct LoRAHeads: TaskHeads {
    private let tasks: TaskSegments
    /// The number of features `d`.
    public let featureCount: Int
    /// The rank `r` of each task's change.
    public let rank: Int

    /// Heads of tasks with `outputCounts[t]` outputs.
    public init(featureCount: Int, outputCounts: [Int], rank: Int) {
        tasks = TaskSegments(counts: outputCounts)
        self.featureCount = featureCount
        self.rank = rank
    }

    /// The number of outputs `O`.
    public var outputCount: Int { tasks.total }
    /// `C d + r (T d + O)`.
    public var parameterCount: Int { outerStart + outputCount * rank }

    private var innerStart: Int { tasks.largest * featureCount }
    private var outerStart: Int { innerStart + tasks.count * rank * featureCount }

    /// `W` and all `A_t` uniform in `±1 / sqrt(d)`, all `B_t` 0: tasks of one kind start alike.
    public func initialParameters(using generator: inout Philox) -> [Float] {
        generator.weights(outerStart, inputs: featureCount)
            + [Float](repeating: 0, count: outputCount * rank)
    }

    /// Outputs `[samples x O]`.
    public func outputs(features: Matrix, parameters: [Float]) -> Matrix {
        Matrix.product(features, .plain, weights(parameters), .transposed)
    }

    /// Outputs and the gradients of features and parameters.
    public func gradients(features: Matrix, parameters: [Float], cotangent: Cotangent) -> HeadGradients {
        let weights = weights(parameters)
        let outputs = Matrix.product(features, .plain, weights, .transposed)
        let slope = cotangent(outputs, samples: 0..<features.rows)
        return HeadGradients(
            outputs: outputs, features: Matrix.product(slope, .plain, weights),
            parameters: parameterGradient(Matrix.product(slope, .transposed, features), parameters))
    }

    /// All `W + B_t A_t`, `[O x d]`.
    ///
    /// Multiplied out, a batch costs as much as with dense heads; `A_t x` for every sample and task would cost `r` times as
    /// much with one output per task.
    private func weights(_ parameters: [Float]) -> Matrix {
        precondition(parameters.count == parameterCount, "parameters fit the heads")
        var weights = Matrix(rows: outputCount, columns: featureCount)
        weights.elements.withUnsafeMutableBufferPointer { weights in
            parameters.withUnsafeBufferPointer { parameters in
                nonisolated(unsafe) let weights = weights
                nonisolated(unsafe) let parameters = parameters
                forEachTask { task, outputs, inner, outer in
                    let start = outputs.lowerBound * featureCount
                    for index in 0..<outputs.count * featureCount {
                        weights[start + index] = parameters[index]
                    }
                    Float.multiplyOnce(
                        outputs.count, featureCount, rank,
                        MatrixFactor(parameters.baseAddress! + outer, stride: rank),
                        MatrixFactor(parameters.baseAddress! + inner, stride: featureCount), beta: 1,
                        output: weights.baseAddress! + start, stride: featureCount)
                }
            }
        }
        return weights
    }

    /// The gradient of the parameters for that of the multiplied-out weights, `[O x d]`.
    private func parameterGradient(_ gradient: Matrix, _ parameters: [Float]) -> [Float] {
        var result = [Float](repeating: 0, count: parameterCount)
        result.withUnsafeMutableBufferPointer { result in
            for range in tasks.ranges {
                let start = range.lowerBound * featureCount
                for index in 0..<range.count * featureCount {
                    result[index] += gradient.elements[start + index]
                }
            }
            parameters.withUnsafeBufferPointer { parameters in
                gradient.elements.withUnsafeBufferPointer { slopes in
                    nonisolated(unsafe) let result = result
                    nonisolated(unsafe) let parameters = parameters
                    nonisolated(unsafe) let slopes = slopes
                    forEachTask { task, outputs, inner, outer in
                        let slope = slopes.baseAddress! + outputs.lowerBound * featureCount
                        Float.multiplyOnce(
                            rank, featureCount, outputs.count,
                            MatrixFactor(parameters.baseAddress! + outer, stride: rank, transposed: true),
                            MatrixFactor(slope, stride: featureCount), beta: 0,
                            output: result.baseAddress! + inner, stride: featureCount)
                        Float.multiplyOnce(
                            outputs.count, rank, featureCount, MatrixFactor(slope, stride: featureCount),
                            MatrixFactor(
                                parameters.baseAddress! + inner, stride: featureCount, transposed: true),
                            beta: 0, output: result.baseAddress! + outer, stride: rank)
                    }
                }
            }
        }
        return result
    }

    /// Calls `body` for every task, on several threads, with its outputs and where its `A_t` and `B_t` are.
    private func forEachTask(
        _ body: @Sendable (_ task: Int, _ outputs: Range<Int>, _ inner: Int, _ outer: Int) -> Void
    ) {
        ThreadTeam.allCores.forEach(tasks.count) { task, _ in
            let outputs = tasks.ranges[task]
            body(
                task, outputs, innerStart + task * rank * featureCount,
                outerStart + outputs.lowerBound * rank)
        }
    }
}
