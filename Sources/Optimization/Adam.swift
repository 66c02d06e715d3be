import Foundation

/// Adam: steps scaled by running averages of the gradient and of its square, both corrected for their start at 0.
///
/// Source: Kingma, Ba, *Adam: a method for stochastic optimization* (ICLR 2015), algorithm 1.
public struct Adam: Sendable, Equatable {
    /// The share of the gradient's average that survives a step, in `0..<1`.
    public var beta1: Float
    /// The share of the squared gradient's average that survives a step, in `0..<1`.
    public var beta2: Float
    /// Added to the root of the squared gradient's average, so that nothing is divided by 0.
    public var epsilon: Float

    /// Adam with the paper's constants by default.
    public init(beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8) {
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
    }

    func update(
        _ parameters: inout [Float], _ gradient: [Float], _ state: inout OptimizerState, _ learningRate: Float
    ) {
        // The corrections are scalars, so they are folded into the rate: p -= rate m / (sqrt(v) correction + epsilon).
        let rate = Float(Double(learningRate) / (1 - pow(Double(beta1), Double(state.step))))
        let correction = Float(1 / (1 - pow(Double(beta2), Double(state.step))).squareRoot())
        let (beta1, beta2, epsilon) = (beta1, beta2, epsilon)
        var first = state.moments[0]
        var second = state.moments[1]
        state.moments = []  // gives up the references, so that the arrays are changed in place
        parameters.withUnsafeMutableBufferPointer { parameters in
            first.withUnsafeMutableBufferPointer { first in
                second.withUnsafeMutableBufferPointer { second in
                    gradient.withUnsafeBufferPointer { gradient in
                        for index in parameters.indices {
                            let slope = gradient[index]
                            let average = beta1 * first[index] + (1 - beta1) * slope
                            let square = beta2 * second[index] + (1 - beta2) * slope * slope
                            first[index] = average
                            second[index] = square
                            parameters[index] -=
                                rate * average / (square.squareRoot() * correction + epsilon)
                        }
                    }
                }
            }
        }
        state.moments = [first, second]
    }
}
