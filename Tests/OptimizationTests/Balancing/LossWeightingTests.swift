import Foundation
import Optimization
import Randomness
import Testing

@Suite struct LossWeightingTests {
    /// Memories are single precision.
    static let tolerance = 1e-6

    static func weights(_ rule: any LossWeighting, _ losses: [Double?], _ memory: [Float]) -> [Double] {
        var random = Philox(seed: 1, purpose: .balancing)
        return rule.weights(losses, memory: memory, using: &random)
    }

    @Test(arguments: BalancingMethod.allCases.filter { $0 != .random })
    func equalLossesBeginWithEqualWeights(_ method: BalancingMethod) {
        guard case .losses(let rule) = method.rule else { return }
        let weights = Self.weights(rule, [0.5, 0.5, 0.5, 0.5], rule.initialMemory(taskCount: 4))
        #expect(distance(weights, [0.25, 0.25, 0.25, 0.25]) < Self.tolerance)
        #expect(method.initialMemory(taskCount: 4) == rule.initialMemory(taskCount: 4))
    }

    /// `exp(-s) / 2`; the first step of Adam has the length of its rate, against the sign of `1/2 - exp(-s) L`.
    @Test func uncertaintyFollowsLosses() {
        let rule = UncertaintyWeighting()
        var memory = rule.initialMemory(taskCount: 3)
        let step = WeightedStep(losses: [2, 0.1, nil], lossesAfter: nil, learningRate: 0.1)
        rule.remember(step, memory: &memory)
        let expected = [exp(-0.1) / 3, exp(0.1) / 3, 1.0 / 3]
        #expect(distance(Self.weights(rule, [2, 0.1, nil], memory), expected) < Self.tolerance)
    }

    /// Where `s = log 2L` nothing pulls any more: the weight is half the inverse loss.
    @Test func uncertaintySettles() {
        let rule = UncertaintyWeighting()
        var memory = rule.initialMemory(taskCount: 2)
        for _ in 0..<4000 {
            let step = WeightedStep(losses: [2, 0.25], lossesAfter: nil, learningRate: 0.003)
            rule.remember(step, memory: &memory)
        }
        #expect(distance(Self.weights(rule, [2, 0.25], memory), [0.125, 1]) < 1e-3)
    }

    /// Losses fell to 1/2 and to 3/4: the softmax of 1/4 and 3/8 at temperature 2.
    @Test func theTaskThatStallsCountsMore() {
        let rule = DynamicWeightAverage()
        var memory = rule.initialMemory(taskCount: 2)
        rule.remember(epochLosses: [0.8, 0.4], memory: &memory)
        #expect(Self.weights(rule, [1, 1], memory) == [0.5, 0.5])
        rule.remember(epochLosses: [0.4, 0.3], memory: &memory)
        let (first, second) = (exp(0.25), exp(0.375))
        let expected = [first / (first + second), second / (first + second)]
        #expect(distance(Self.weights(rule, [1, 1], memory), expected) < Self.tolerance)
    }

    @Test func randomWeightsAreDrawn() {
        let losses: [Double?] = [1, 1, 1, 1]
        var (mean, square) = ([0.0, 0, 0, 0], 0.0)
        for step in UInt32(0)..<2000 {
            var random = Philox(seed: 3, purpose: .balancing, index: step)
            let weights = RandomWeighting().weights(losses, memory: [], using: &random)
            #expect(abs(weights.reduce(0, +) - 1) < 1e-12)
            for task in 0..<4 { mean[task] += weights[task] / 2000 }
            let logarithms = weights.map { log($0) }
            let average = logarithms.reduce(0, +) / 4
            square += logarithms.reduce(0) { $0 + ($1 - average) * ($1 - average) } / 3 / 2000
        }
        // Means of 2000 numbers with a standard deviation below 0.2; logarithms vary as the normal numbers do.
        #expect(distance(mean, [0.25, 0.25, 0.25, 0.25]) < 0.02)
        #expect(abs(square - 1) < 0.08)
    }

    /// References of 0.5 and 0.25, smoothing 0.5: exponents of 0.4/0.25 and 0.2/0.125 are the same, so shares are halves.
    @Test func smoothTchebycheffLooksAtTheWorst() {
        let rule = SmoothTchebycheff(smoothing: 0.5)
        var memory = rule.initialMemory(taskCount: 2)
        rule.remember(epochLosses: [0.5, 0.25], memory: &memory)
        rule.remember(epochLosses: [9, 9], memory: &memory)
        #expect(distance(Self.weights(rule, [0.4, 0.2], memory), [1, 2]) < Self.tolerance)
        let worst = Self.weights(SmoothTchebycheff(smoothing: 1e-3), [0.4, 0.24], memory)
        #expect(distance(worst, [0, 4]) < Self.tolerance)
        #expect(Self.weights(rule, [0.4, nil], memory) == [2, 0])
    }

    /// Equal shares at first: weights are as 1/2 to 1/1.
    ///
    /// Then task 0 fell and task 1 did not, so Adam's first step takes
    /// its rate from the one and gives it to the other.
    @Test func famoBringsLossesDownTogether() {
        let rule = FAMO()
        var memory = rule.initialMemory(taskCount: 2)
        #expect(distance(Self.weights(rule, [2, 1], memory), [1.0 / 3, 2.0 / 3]) < Self.tolerance)
        let step = WeightedStep(losses: [2, 1], lossesAfter: [1, 1], learningRate: 1)
        rule.remember(step, memory: &memory)
        let (first, second) = (exp(-0.025) / 2, exp(0.025))
        let expected = [first / (first + second), second / (first + second)]
        #expect(distance(Self.weights(rule, [2, 1], memory), expected) < Self.tolerance)
        #expect(Self.weights(rule, [nil, 1], memory) == [0, 1])
    }

    /// The geometric mean of 4 and 1/4 is 1.
    @Test func geometricMeanCountsByInverseLoss() {
        #expect(distance(Self.weights(GeometricMean(), [4, 0.25], []), [0.125, 2]) < Self.tolerance)
        #expect(Self.weights(GeometricMean(), [nil, 0.25], [])[0] == 0)
    }
}
