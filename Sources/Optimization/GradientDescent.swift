/// Gradient descent with heavy-ball momentum: `v = momentum v + g`, `p = p - rate v`.
///
/// Source: Polyak, *Some methods of speeding up the convergence of iteration methods* (1964), in the form of Sutskever et
/// al. (ICML 2013). With momentum 0 it is plain stochastic gradient descent.
public struct GradientDescent: Sendable, Equatable {
    /// The share of the velocity that survives a step, in `0..<1`.
    public var momentum: Float

    /// Gradient descent with `momentum`.
    public init(momentum: Float = 0.9) {
        self.momentum = momentum
    }

    func update(
        _ parameters: inout [Float], _ gradient: [Float], _ velocity: inout [Float], _ learningRate: Float
    ) {
        let momentum = momentum
        parameters.withUnsafeMutableBufferPointer { parameters in
            velocity.withUnsafeMutableBufferPointer { velocity in
                gradient.withUnsafeBufferPointer { gradient in
                    for index in parameters.indices {
                        velocity[index] = momentum * velocity[index] + gradient[index]
                        parameters[index] -= learningRate * velocity[index]
                    }
                }
            }
        }
    }
}
