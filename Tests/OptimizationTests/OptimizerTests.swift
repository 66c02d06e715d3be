import Optimization
import Testing

@Suite struct OptimizerTests {
    /// Rounding of a few single-precision operations on numbers near 1.
    static let tolerance: Float = 1e-6

    /// Held to the algorithm as the paper writes it, in double precision, below.
    @Test func adamFollowsTheAlgorithm() {
        let optimizer = Optimizer.adam(Adam())
        var parameters: [Float] = [1, -2]
        var state = optimizer.initialState(parameterCount: 2)
        let gradients: [[Float]] = [[0.5, -1], [0.1, 2], [-0.3, 0]]
        for gradient in gradients {
            optimizer.update(&parameters, gradient: gradient, state: &state, learningRate: 0.1)
        }
        let expected = AdamInDouble.run(start: [1, -2], gradients: gradients, rate: 0.1)
        #expect(state.step == 3)
        for (value, reference) in zip(parameters, expected) {
            #expect(abs(value - Float(reference)) < Self.tolerance)
        }
    }

    /// The first step of Adam is the learning rate against the gradient's sign, whatever its size.
    @Test(arguments: [Float(1e-3), 1, 1000]) func adamStartsWithTheLearningRate(size: Float) {
        let optimizer = Optimizer.adam(Adam())
        var parameters: [Float] = [0, 0]
        var state = optimizer.initialState(parameterCount: 2)
        optimizer.update(&parameters, gradient: [size, -size], state: &state, learningRate: 0.01)
        #expect(abs(parameters[0] + 0.01) < Self.tolerance)
        #expect(abs(parameters[1] - 0.01) < Self.tolerance)
    }

    /// By hand: v = 1, p = 1 - 0.1; v = 0.9 + 2 = 2.9, p = 0.9 - 0.29.
    @Test func momentumAccumulatesVelocity() {
        let optimizer = Optimizer.gradientDescent(GradientDescent(momentum: 0.9))
        var parameters: [Float] = [1]
        var state = optimizer.initialState(parameterCount: 1)
        optimizer.update(&parameters, gradient: [1], state: &state, learningRate: 0.1)
        optimizer.update(&parameters, gradient: [2], state: &state, learningRate: 0.1)
        #expect(abs(parameters[0] - 0.61) < Self.tolerance)
        #expect(abs(state.moments[0][0] - 2.9) < Self.tolerance)
    }

    /// With no gradient only the decay acts: 2 (1 - 0.1 x 0.5) = 1.9, for either rule.
    @Test(arguments: [Optimizer.adam(Adam()), .gradientDescent(GradientDescent())])
    func weightDecayIsDecoupled(optimizer: Optimizer) {
        var parameters: [Float] = [2]
        var state = optimizer.initialState(parameterCount: 1)
        optimizer.update(&parameters, gradient: [0], state: &state, learningRate: 0.1, weightDecay: 0.5)
        #expect(abs(parameters[0] - 1.9) < Self.tolerance)
    }

    @Test(arguments: [Optimizer.adam(Adam()), .gradientDescent(GradientDescent())])
    func aRestoredStateContinuesExactly(optimizer: Optimizer) {
        let gradients: [[Float]] = (0..<7).map { [Float($0) * 0.3 - 1, 0.7 / Float($0 + 1)] }
        var unbroken: [Float] = [0.4, -0.2]
        var state = optimizer.initialState(parameterCount: 2)
        for gradient in gradients {
            optimizer.update(&unbroken, gradient: gradient, state: &state, learningRate: 0.03)
        }

        var resumed: [Float] = [0.4, -0.2]
        var first = optimizer.initialState(parameterCount: 2)
        for gradient in gradients[..<3] {
            optimizer.update(&resumed, gradient: gradient, state: &first, learningRate: 0.03)
        }
        var second = OptimizerState(step: first.step, moments: first.moments)
        for gradient in gradients[3...] {
            optimizer.update(&resumed, gradient: gradient, state: &second, learningRate: 0.03)
        }
        #expect(resumed == unbroken)
        #expect(second == state)
    }
}

/// Adam as the paper writes it, in double precision.
private enum AdamInDouble {
    static func run(start: [Double], gradients: [[Float]], rate: Double) -> [Double] {
        start.indices.map { index in
            var (value, first, second) = (start[index], 0.0, 0.0)
            var (power1, power2) = (1.0, 1.0)
            for gradient in gradients {
                let slope = Double(gradient[index])
                first = 0.9 * first + 0.1 * slope
                second = 0.999 * second + 0.001 * slope * slope
                power1 *= 0.9
                power2 *= 0.999
                value -= rate * (first / (1 - power1)) / ((second / (1 - power2)).squareRoot() + 1e-8)
            }
            return value
        }
    }
}
