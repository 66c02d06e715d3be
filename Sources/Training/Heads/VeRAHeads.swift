import LinearAlgebra
import Randomness

/// Frozen random factors that all tasks share, scaled by vectors of each task's own.
///
/// Task `t` computes `diag(b_t) B diag(d_t) A x + a_t` with random `A` `[r x d]` and `B` `[C x r]`, of which a task of fewer
/// outputs reads the first rows. There are `sum_t (r + 2 C_t)` parameters: all `d_t` `[T x r]`, all `b_t`, all biases
/// `a_t`. Source: Kopiczko, Blankevoort, Asano, *VeRA: vector-based random matrix adaptation* (ICLR 2024), here without
/// the pretrained layer that VeRA adapts.
public struct VeRAHeads: FactorizedHeads {
    private let outputs: TaskSegments
    /// `A`.
    private let inner: Matrix
    /// `B`.
    private let classFactors: Matrix

    /// Heads of tasks with `outputCounts[t]` outputs, whose frozen factors come from `generator`.
    public init(
        featureCount: Int, outputCounts: [Int], rank: Int, frozenUsing generator: inout Philox
    ) {
        outputs = TaskSegments(counts: outputCounts)
        inner = Matrix(
            rows: rank, columns: featureCount,
            elements: generator.factors(rank * featureCount, variance: 1 / Float(featureCount)))
        classFactors = Matrix(
            rows: outputs.largest, columns: rank,
            elements: generator.factors(outputs.largest * rank, variance: 1 / Float(rank)))
    }

    /// The number of features `d`.
    public var featureCount: Int { inner.columns }
    /// The number of outputs `O`.
    public var outputCount: Int { outputs.total }
    /// The number of frozen directions `r`.
    public var rank: Int { inner.rows }
    /// `T r + 2 O`.
    public var parameterCount: Int { outputs.count * rank + 2 * outputCount }

    private var scaleStart: Int { outputs.count * rank }
    private var biasStart: Int { scaleStart + outputCount }

    /// `d_t` of variance 1, `b_t` of ones, biases of 0.
    public func initialParameters(using generator: inout Philox) -> [Float] {
        generator.factors(outputs.count * rank, variance: 1)
            + [Float](repeating: 1, count: outputCount) + [Float](repeating: 0, count: outputCount)
    }

    /// `U = A` and `V[(t,k), i] = b_t[k] B[k,i] d_t[i]`.
    public func factors(_ parameters: [Float]) -> HeadFactors {
        precondition(parameters.count == parameterCount, "parameters fit the heads")
        var outer = Matrix(rows: outputCount, columns: rank)
        outer.elements.withUnsafeMutableBufferPointer { outer in
            parameters.withUnsafeBufferPointer { parameters in
                forEachEntry { entry, frozen, direction, scale in
                    outer[entry] = parameters[scale] * frozen * parameters[direction]
                }
            }
        }
        return HeadFactors(inner: inner, outer: outer, biases: Array(parameters[biasStart...]))
    }

    /// The product rule, entry by entry; the frozen factors have no gradient.
    public func parameterGradient(_ gradient: HeadFactors, parameters: [Float]) -> [Float] {
        var result = [Float](repeating: 0, count: biasStart) + gradient.biases
        result.withUnsafeMutableBufferPointer { result in
            parameters.withUnsafeBufferPointer { parameters in
                gradient.outer.elements.withUnsafeBufferPointer { slopes in
                    forEachEntry { entry, frozen, direction, scale in
                        let slope = slopes[entry] * frozen
                        result[direction] += slope * parameters[scale]
                        result[scale] += slope * parameters[direction]
                    }
                }
            }
        }
        return result
    }

    /// Calls `body` with every entry of `V`, the frozen number and the parameters that it is the product of.
    @inline(__always)
    private func forEachEntry(
        _ body: (_ entry: Int, _ frozen: Float, _ direction: Int, _ scale: Int) -> Void
    ) {
        classFactors.elements.withUnsafeBufferPointer { frozen in
            for (task, range) in outputs.ranges.enumerated() {
                for (kind, output) in range.enumerated() {
                    for index in 0..<rank {
                        body(
                            output * rank + index, frozen[kind * rank + index], task * rank + index,
                            scaleStart + output)
                    }
                }
            }
        }
    }
}
