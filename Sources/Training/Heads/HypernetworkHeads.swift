import LinearAlgebra
import Randomness

/// Linear layers whose weights a linear map makes from each task's embedding.
///
/// The weights of output `k` of task `t`, its bias among them, are `H_k [v_t; 1]` with a matrix `H_k` `[(d + 1) x (e + 1)]`
/// that tasks share and an embedding `v_t` of the task's own. There are `T e + C (e + 1) (d + 1)` parameters with `C` the
/// most outputs of a task; one of fewer reads the first `H_k`. Parameters are the embeddings `[T x e]`, the weights of all
/// `H_k` `[C (e + 1) x d]`, then their biases. Source: Ha, Dai, Le, *HyperNetworks* (ICLR 2017), with one linear layer.
public struct HypernetworkHeads: FactorizedHeads {
    private let outputs: TaskSegments
    /// The number of features `d`.
    public let featureCount: Int
    /// The number of values `e` of an embedding.
    public let embedding: Int

    /// Heads of tasks with `outputCounts[t]` outputs.
    public init(featureCount: Int, outputCounts: [Int], embedding: Int) {
        outputs = TaskSegments(counts: outputCounts)
        self.featureCount = featureCount
        self.embedding = embedding
    }

    /// The number of outputs `O`.
    public var outputCount: Int { outputs.total }
    /// `T e + C (e + 1) (d + 1)`.
    public var parameterCount: Int { weightStart + hiddenCount * (featureCount + 1) }

    /// The rows of all `H_k`.
    private var hiddenCount: Int { outputs.largest * (embedding + 1) }
    private var weightStart: Int { outputs.count * embedding }
    private var biasStart: Int { weightStart + hiddenCount * featureCount }

    /// Embeddings of variance 1; the rest so small that a task's weights are as large as those of a linear layer.
    public func initialParameters(using generator: inout Philox) -> [Float] {
        generator.factors(weightStart, variance: 1)
            + generator.weights(
                hiddenCount * (featureCount + 1), inputs: featureCount * (embedding + 1))
    }

    /// `U` holds all `H_k`; row `(t,k)` of `V` holds `[v_t; 1]` where `H_k` is, and zeros.
    public func factors(_ parameters: [Float]) -> HeadFactors {
        precondition(parameters.count == parameterCount, "parameters fit the heads")
        var outer = Matrix(rows: outputCount, columns: hiddenCount)
        var biases = [Float](repeating: 0, count: outputCount)
        outer.elements.withUnsafeMutableBufferPointer { outer in
            biases.withUnsafeMutableBufferPointer { biases in
                parameters.withUnsafeBufferPointer { parameters in
                    forEachOutput { output, first, values in
                        for index in 0...embedding {
                            let value = index < embedding ? parameters[values + index] : 1
                            outer[output * hiddenCount + first + index] = value
                            biases[output] += parameters[biasStart + first + index] * value
                        }
                    }
                }
            }
        }
        return HeadFactors(
            inner: Matrix(
                rows: hiddenCount, columns: featureCount, elements: Array(parameters[weightStart..<biasStart])
            ), outer: outer, biases: biases)
    }

    /// The product rule, entry by entry.
    public func parameterGradient(_ gradient: HeadFactors, parameters: [Float]) -> [Float] {
        var result =
            [Float](repeating: 0, count: weightStart) + gradient.inner.elements
            + [Float](repeating: 0, count: hiddenCount)
        result.withUnsafeMutableBufferPointer { result in
            parameters.withUnsafeBufferPointer { parameters in
                gradient.outer.elements.withUnsafeBufferPointer { slopes in
                    forEachOutput { output, first, values in
                        let slope = gradient.biases[output]
                        for index in 0..<embedding {
                            let hidden = first + index
                            result[biasStart + hidden] += slope * parameters[values + index]
                            result[values + index] +=
                                slopes[output * hiddenCount + hidden] + slope * parameters[biasStart + hidden]
                        }
                        result[biasStart + first + embedding] += slope
                    }
                }
            }
        }
        return result
    }

    /// Calls `body` with every output, the first row of its `H_k` and the first value of its task's embedding.
    @inline(__always)
    private func forEachOutput(_ body: (_ output: Int, _ first: Int, _ values: Int) -> Void) {
        for (task, range) in outputs.ranges.enumerated() {
            for (kind, output) in range.enumerated() {
                body(output, kind * (embedding + 1), task * embedding)
            }
        }
    }
}
