import LinearAlgebra
import Randomness

/// A dense linear layer of rank `r`: `d` features to `r` hidden values for all tasks, these to every output.
///
/// `r (d + sum_t C_t) + sum_t C_t` parameters: `U` `[r x d]`, `V` `[O x r]`, then the biases.
public struct LowRankHeads: FactorizedHeads {
    /// The number of features `d`.
    public let featureCount: Int
    /// The number of outputs `O`.
    public let outputCount: Int
    /// The number of hidden values `r`.
    public let rank: Int

    /// Heads of `outputCount` outputs in all.
    public init(featureCount: Int, outputCount: Int, rank: Int) {
        self.featureCount = featureCount
        self.outputCount = outputCount
        self.rank = rank
    }

    /// `r (d + O) + O`.
    public var parameterCount: Int { rank * (featureCount + outputCount) + outputCount }

    /// `U` uniform in `±1 / sqrt(d)`, all else in `±1 / sqrt(r)`.
    public func initialParameters(using generator: inout Philox) -> [Float] {
        generator.weights(rank * featureCount, inputs: featureCount)
            + generator.weights((rank + 1) * outputCount, inputs: rank)
    }

    /// The factors as they lie in the parameters.
    public func factors(_ parameters: [Float]) -> HeadFactors {
        precondition(parameters.count == parameterCount, "parameters fit the heads")
        let outer = rank * featureCount
        let biases = outer + outputCount * rank
        return HeadFactors(
            inner: Matrix(rows: rank, columns: featureCount, elements: Array(parameters[..<outer])),
            outer: Matrix(rows: outputCount, columns: rank, elements: Array(parameters[outer..<biases])),
            biases: Array(parameters[biases...]))
    }

    /// The factors' gradient, as they lie in the parameters.
    public func parameterGradient(_ gradient: HeadFactors, parameters: [Float]) -> [Float] {
        gradient.inner.elements + gradient.outer.elements + gradient.biases
    }
}
