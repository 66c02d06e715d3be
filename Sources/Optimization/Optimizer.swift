/// A rule that turns gradients into new parameter values.
///
/// Optimisers are values without memory of their own: what they remember is an `OptimizerState`, which can be saved and
/// restored exactly.
public enum Optimizer: Sendable, Equatable {
    /// Gradient descent with momentum.
    case gradientDescent(GradientDescent)
    /// Adam.
    case adam(Adam)

    /// The state before the first step over `parameterCount` parameters.
    public func initialState(parameterCount: Int) -> OptimizerState {
        OptimizerState(
            step: 0,
            moments: [[Float]](
                repeating: [Float](repeating: 0, count: parameterCount), count: momentCount))
    }

    /// The number of values kept for each parameter.
    public var momentCount: Int {
        switch self {
        case .gradientDescent: 1
        case .adam: 2
        }
    }

    /// Takes one step against `gradient`.
    ///
    /// - Parameters:
    ///   - parameters: what is changed.
    ///   - gradient: the gradient of the loss, one value per parameter.
    ///   - state: what the rule remembers from step to step.
    ///   - learningRate: the step's size.
    ///   - weightDecay: the share of each parameter, times the learning rate, that is taken away as well. It does not
    ///     pass through the moments: Loshchilov, Hutter, *Decoupled weight decay regularization* (ICLR 2019).
    public func update(
        _ parameters: inout [Float], gradient: [Float], state: inout OptimizerState, learningRate: Float,
        weightDecay: Float = 0
    ) {
        precondition(
            gradient.count == parameters.count && state.moments.count == momentCount
                && state.moments.allSatisfy { $0.count == parameters.count },
            "parameters, gradient and state must have the same size")
        state.step += 1
        if weightDecay != 0 {
            let kept = 1 - learningRate * weightDecay
            parameters.withUnsafeMutableBufferPointer { parameters in
                for index in parameters.indices { parameters[index] *= kept }
            }
        }
        switch self {
        case .gradientDescent(let rule):
            rule.update(&parameters, gradient, &state.moments[0], learningRate)
        case .adam(let rule): rule.update(&parameters, gradient, &state, learningRate)
        }
    }
}

/// What an optimiser remembers of one array of parameters.
public struct OptimizerState: Sendable, Equatable {
    /// The number of steps taken.
    public var step: Int
    /// Running averages, one value per parameter each: velocity, or first and second moment.
    public var moments: [[Float]]

    /// A state of known contents, as read from a checkpoint.
    public init(step: Int, moments: [[Float]]) {
        self.step = step
        self.moments = moments
    }
}
