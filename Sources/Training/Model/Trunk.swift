import LinearAlgebra
import Randomness

/// The shared trunk `tanh(W f + w0)`, from backbone features `[samples x D]` to the representation `[samples x d]`.
///
/// It is the same in front of every kind of heads, so that a comparison of heads compares heads.
public struct Trunk: Sendable {
    private let layer: DenseLayer

    /// A trunk from `inputCount` features `D` to `width` features `d`.
    public init(inputCount: Int, width: Int) {
        layer = DenseLayer(inputCount: inputCount, outputCount: width)
    }

    /// The number of backbone features `D`.
    public var inputCount: Int { layer.inputCount }
    /// The number of features `d` of the representation.
    public var width: Int { layer.outputCount }
    /// The number of parameters, `(D + 1) d`: `W` `[d x D]`, then `w0`.
    public var parameterCount: Int { layer.parameterCount }

    /// Initial parameters, uniform in `±1 / sqrt(D)`.
    public func initialParameters(using generator: inout Philox) -> [Float] {
        layer.initialParameters(using: &generator)
    }

    /// The representation `[samples x d]`, each value in `-1...1`.
    public func representation(of features: Matrix, parameters: [Float]) -> Matrix {
        var result = parameters.withUnsafeBufferPointer { layer.outputs(features, parameters: $0) }
        result.elements.withUnsafeMutableBufferPointer { HyperbolicTangent.apply(to: $0) }
        return result
    }

    /// The gradient of the parameters for the `cotangent` of a `representation`, both `[samples x d]`.
    public func gradient(features: Matrix, representation: Matrix, cotangent: Matrix) -> [Float] {
        var inner = cotangent
        HyperbolicTangent.takeBack(&inner, through: representation)
        return [Float](unsafeUninitializedCapacity: parameterCount) { gradient, count in
            gradient.initialize(repeating: 0)
            let used = UnsafeMutableBufferPointer(rebasing: gradient[..<parameterCount])
            layer.parameterGradient(features, cotangent: inner, into: used)
            count = parameterCount
        }
    }
}
