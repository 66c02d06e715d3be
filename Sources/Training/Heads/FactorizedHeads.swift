import Execution
import LinearAlgebra

/// The two thin matrices and the biases of heads `y = V (U x) + v`.
public struct HeadFactors: Sendable {
    /// `U`, from features to hidden values, `[r x d]`.
    public var inner: Matrix
    /// `V`, from hidden values to outputs, `[O x r]`.
    public var outer: Matrix
    /// `v`, one per output.
    public var biases: [Float]

    /// Factors that fit each other.
    public init(inner: Matrix, outer: Matrix, biases: [Float]) {
        precondition(inner.rows == outer.columns && outer.rows == biases.count, "factors fit each other")
        self.inner = inner
        self.outer = outer
        self.biases = biases
    }
}

/// Heads that are linear in the features through a few hidden values: `y = V (U x) + v`.
///
/// A conformer says how its parameters make the factors, and takes their gradient back; all work that grows with the
/// samples is four thin products, whatever the number of tasks.
public protocol FactorizedHeads: TaskHeads {
    /// The factors that `parameters` stand for.
    func factors(_ parameters: [Float]) -> HeadFactors

    /// The gradient of `parameters` for the `gradient` of their factors.
    func parameterGradient(_ gradient: HeadFactors, parameters: [Float]) -> [Float]
}

extension FactorizedHeads {
    /// Outputs `[samples x O]`.
    public func outputs(features: Matrix, parameters: [Float]) -> Matrix {
        let factors = factors(parameters)
        return outputs(hidden: Matrix.product(features, .plain, factors.inner, .transposed), factors)
    }

    /// Outputs and the gradients of features and parameters.
    public func gradients(features: Matrix, parameters: [Float], cotangent: Cotangent) -> HeadGradients {
        let factors = factors(parameters)
        let hidden = Matrix.product(features, .plain, factors.inner, .transposed)
        let outputs = outputs(hidden: hidden, factors)
        let slope = cotangent(outputs, samples: 0..<features.rows)
        let hiddenSlope = Matrix.product(slope, .plain, factors.outer)
        let gradient = HeadFactors(
            inner: Matrix.product(hiddenSlope, .transposed, features),
            outer: Matrix.product(slope, .transposed, hidden), biases: slope.columnSums())
        return HeadGradients(
            outputs: outputs, features: Matrix.product(hiddenSlope, .plain, factors.inner),
            parameters: parameterGradient(gradient, parameters: parameters))
    }

    private func outputs(hidden: Matrix, _ factors: HeadFactors) -> Matrix {
        var outputs = Matrix.product(hidden, .plain, factors.outer, .transposed)
        outputs.addToRows(factors.biases)
        return outputs
    }
}
