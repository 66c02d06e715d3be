import LinearAlgebra
import Randomness

/// A dense linear layer whose weights, as a tensor of task, class, slice and place, are a sum of `r` products.
///
/// The representation is cut into one slice per task, of `c_t` places each. The weight of output `k` of task `t` at place
/// `j` of slice `s` is `sum_i A[t,i] K[k,i] S[s,i] J[j,i]`, so a task may read any slice, and there are
/// `r (2T + C + c) + sum_t C_t` parameters with `C` the most outputs and `c` the most places of a task; where a task has
/// fewer, the rest of `K` and `J` is left out. Parameters are `A` `[T x r]`, `K` `[C x r]`, `S` `[T x r]`, `J` `[c x r]`,
/// then the biases. Source of the form: Hitchcock, *The expression of a tensor or a polyadic as a sum of products* (1927).
public struct CPHeads: FactorizedHeads {
    private let slices: TaskSegments
    private let outputs: TaskSegments
    /// The number of products `r`.
    public let rank: Int

    /// Heads of tasks with slices of `widths[t]` places and `outputCounts[t]` outputs.
    public init(widths: [Int], outputCounts: [Int], rank: Int) {
        precondition(widths.count == outputCounts.count, "one slice and one output count per task")
        slices = TaskSegments(counts: widths)
        outputs = TaskSegments(counts: outputCounts)
        self.rank = rank
    }

    /// The number of features `d`: all slices side by side.
    public var featureCount: Int { slices.total }
    /// The number of outputs `O`.
    public var outputCount: Int { outputs.total }
    /// `r (2T + C + c) + O`.
    public var parameterCount: Int {
        rank * (2 * slices.count + outputs.largest + slices.largest) + outputCount
    }

    private var classStart: Int { rank * outputs.count }
    private var sliceStart: Int { classStart + rank * outputs.largest }
    private var placeStart: Int { sliceStart + rank * slices.count }
    private var biasStart: Int { placeStart + rank * slices.largest }

    /// Factors of variances `1`, `1 / r`, `1 / T` and `1 / c`, so that outputs are as large as features; biases are 0.
    public func initialParameters(using generator: inout Philox) -> [Float] {
        generator.factors(rank * outputs.count, variance: 1)
            + generator.factors(rank * outputs.largest, variance: 1 / Float(rank))
            + generator.factors(rank * slices.count, variance: 1 / Float(slices.count))
            + generator.factors(rank * slices.largest, variance: 1 / Float(slices.largest))
            + [Float](repeating: 0, count: outputCount)
    }

    /// `U[i, (s,j)] = S[s,i] J[j,i]` and `V[(t,k), i] = A[t,i] K[k,i]`.
    public func factors(_ parameters: [Float]) -> HeadFactors {
        precondition(parameters.count == parameterCount, "parameters fit the heads")
        var inner = Matrix(rows: rank, columns: featureCount)
        var outer = Matrix(rows: outputCount, columns: rank)
        parameters.withUnsafeBufferPointer { parameters in
            inner.elements.withUnsafeMutableBufferPointer { inner in
                forEachInner { inner[$0] = parameters[$1] * parameters[$2] }
            }
            outer.elements.withUnsafeMutableBufferPointer { outer in
                forEachOuter { outer[$0] = parameters[$1] * parameters[$2] }
            }
        }
        return HeadFactors(inner: inner, outer: outer, biases: Array(parameters[biasStart...]))
    }

    /// The product rule, entry by entry.
    public func parameterGradient(_ gradient: HeadFactors, parameters: [Float]) -> [Float] {
        var result = [Float](repeating: 0, count: biasStart) + gradient.biases
        result.withUnsafeMutableBufferPointer { result in
            parameters.withUnsafeBufferPointer { parameters in
                gradient.inner.elements.withUnsafeBufferPointer { slopes in
                    forEachInner { entry, slice, place in
                        result[slice] += slopes[entry] * parameters[place]
                        result[place] += slopes[entry] * parameters[slice]
                    }
                }
                gradient.outer.elements.withUnsafeBufferPointer { slopes in
                    forEachOuter { entry, task, kind in
                        result[task] += slopes[entry] * parameters[kind]
                        result[kind] += slopes[entry] * parameters[task]
                    }
                }
            }
        }
        return result
    }

    /// Calls `body` with every entry of `U` and the parameters that it is the product of.
    @inline(__always)
    private func forEachInner(_ body: (_ entry: Int, _ slice: Int, _ place: Int) -> Void) {
        for index in 0..<rank {
            for (slice, range) in slices.ranges.enumerated() {
                for (place, feature) in range.enumerated() {
                    body(
                        index * featureCount + feature, sliceStart + slice * rank + index,
                        placeStart + place * rank + index)
                }
            }
        }
    }

    /// Calls `body` with every entry of `V` and the parameters that it is the product of.
    @inline(__always)
    private func forEachOuter(_ body: (_ entry: Int, _ task: Int, _ kind: Int) -> Void) {
        for (task, range) in outputs.ranges.enumerated() {
            for (kind, output) in range.enumerated() {
                for index in 0..<rank {
                    body(output * rank + index, task * rank + index, classStart + kind * rank + index)
                }
            }
        }
    }
}
