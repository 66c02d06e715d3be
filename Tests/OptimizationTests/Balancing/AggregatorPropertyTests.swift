import LinearAlgebra
import Optimization
import Randomness
import Testing

@Suite struct AggregatorPropertyTests {
    /// The Gramian's diagonal is raised by 1e-9 of its largest element, which moves weights by about that share of the
    /// inverse smallest eigenvalue; the Jacobians here have condition numbers below a thousand.
    static let tolerance = 1e-5
    /// Lengths that differ by six orders of magnitude are beyond what a Gramian of single precision gradients tells.
    static let tellingScale = 1e5

    /// Along the combined gradient no task's loss rises.
    @Test(arguments: [BalancingMethod.mgda, .upgrad, .nashMTL], Jacobian.regular + Jacobian.degenerate)
    func noTaskIsHurt(_ method: BalancingMethod, _ jacobian: Jacobian) {
        let weights = method.aggregator.weights(jacobian)
        let smallest = jacobian.gains(weights).min()!
        #expect(smallest >= -Self.tolerance * jacobian.scale * weights.reduce(0) { max($0, abs($1)) })
    }

    @Test(arguments: Jacobian.regular) func fromRadiusOneNoTaskIsHurtByCAGrad(_ jacobian: Jacobian) {
        let gains = jacobian.gains(CAGrad(radius: 1).weights(jacobian))
        #expect(gains.min()! >= -Self.tolerance * jacobian.scale)
    }

    /// The worst gain of CAGrad's gradient is not below that of the mean gradient, and their distance is the radius.
    @Test(arguments: Jacobian.regular) func cagradHelpsTheWorstTask(_ jacobian: Jacobian) {
        guard jacobian.scale < Self.tellingScale else { return }
        let mean = jacobian.rows.map { _ in 1 / Double(jacobian.rows.count) }
        let weights = CAGrad(radius: 0.4).weights(jacobian)
        #expect(jacobian.gains(weights).min()! >= jacobian.gains(mean).min()! * (1 - Self.tolerance))
        let added = jacobian.combined(zip(weights, mean).map { $0 - $1 })
        let length = { (vector: [Double]) in Jacobian.product(vector, vector).squareRoot() }
        #expect(abs(length(added) / length(jacobian.combined(mean)) - 0.4) < Self.tolerance)
    }

    @Test(arguments: aggregators, Jacobian.regular + Jacobian.degenerate)
    func weightsAreFinite(_ method: BalancingMethod, _ jacobian: Jacobian) {
        let weights = method.aggregator.weights(jacobian)
        #expect(weights.count == jacobian.rows.count)
        #expect(weights.allSatisfy { $0.isFinite })
    }

    @Test(arguments: aggregators) func oneTaskHasAllTheWeight(_ method: BalancingMethod) {
        // CAGrad lengthens a gradient that nothing is in conflict with by its radius, as its paper has it.
        let expected = method == .cagrad ? 1.5 : 1
        #expect(distance(method.aggregator.weights(Jacobian("", [[3, -4]])), [expected]) < Self.tolerance)
    }

    @Test(arguments: aggregators.filter { $0 != .cagrad }) func equalGradientsGiveThatGradient(
        _ method: BalancingMethod
    ) {
        let jacobian = Jacobian("", [[1, 2], [1, 2], [1, 2]])
        #expect(distance(jacobian.combined(method.aggregator.weights(jacobian)), [1, 2]) < Self.tolerance)
    }

    @Test(arguments: aggregators) func gradientsOfZeroWeighTheSame(_ method: BalancingMethod) {
        let jacobian = Jacobian("", [[0, 0], [0, 0], [0, 0], [0, 0]])
        #expect(method.aggregator.weights(jacobian) == [0.25, 0.25, 0.25, 0.25])
    }

    /// Of two opposite gradients of one length nothing may be left by the methods that hurt no task.
    @Test(arguments: [BalancingMethod.mgda, .upgrad, .pcgrad, .nashMTL])
    func oppositeGradientsCancel(_ method: BalancingMethod) {
        let jacobian = Jacobian("", [[1, 2], [-1, -2]])
        #expect(distance(jacobian.combined(method.aggregator.weights(jacobian)), [0, 0]) < Self.tolerance)
    }

    /// Tasks that stand in each other's way nowhere are averaged by the methods that only mend conflicts.
    @Test(arguments: [BalancingMethod.pcgrad, .gradVac, .upgrad])
    func withoutConflictTheMeanIsKept(_ method: BalancingMethod) {
        let jacobian = Jacobian("", [[1, 0, 2], [0.5, 1, 0], [0, 3, 1]])
        #expect(distance(method.aggregator.weights(jacobian), [1 / 3, 1 / 3, 1 / 3]) < Self.tolerance)
    }

    /// The order of tasks does not matter; PCGrad and GradVac go through them in random order and are left out.
    @Test(
        arguments: [BalancingMethod.mgda, .upgrad, .cagrad, .nashMTL, .imtlG, .alignedMTL], Jacobian.regular)
    func permutedTasksHavePermutedWeights(_ method: BalancingMethod, _ jacobian: Jacobian) {
        var random = Philox(seed: 5, purpose: .order)
        let order = jacobian.rows.indices.shuffled(using: &random)
        let weights = method.aggregator.weights(jacobian)
        let permuted = method.aggregator.weights(jacobian.permuted(order))
        #expect(distance(permuted, order.map { weights[$0] }) < Self.tolerance * weights.map(abs).max()!)
    }

    /// All losses in another unit leave the weights alone.
    @Test(arguments: aggregators, Jacobian.regular) func theUnitOfLossesDoesNotMatter(
        _ method: BalancingMethod, _ jacobian: Jacobian
    ) {
        let weights = method.aggregator.weights(jacobian)
        for factor in [1e-6, 1e5] {
            let scaled = jacobian.scaled(by: jacobian.rows.map { _ in factor })
            let other = method.aggregator.weights(scaled)
            #expect(distance(other, weights) < Self.tolerance * weights.map(abs).max()!)
        }
    }

    /// One loss in another unit changes the direction of neither the bargaining solution nor the equal projections.
    @Test(arguments: [BalancingMethod.nashMTL, .imtlG]) func theUnitOfOneLossDoesNotTurnTheGradient(
        _ method: BalancingMethod
    ) {
        let jacobian = Jacobian.random(tasks: 4, parameters: 9, seed: 6)
        let scaled = jacobian.scaled(by: [1, 7, 0.2, 3])
        let (first, second) = (
            jacobian.combined(method.aggregator.weights(jacobian)),
            scaled.combined(method.aggregator.weights(scaled))
        )
        let cosine =
            Jacobian.product(first, second)
            / (Jacobian.product(first, first) * Jacobian.product(second, second)).squareRoot()
        #expect(cosine > 1 - Self.tolerance)
    }

    /// `G w = c / w` and `G w = c |g|` are what these methods are defined by.
    @Test(arguments: Jacobian.regular) func gainsAreAsDefined(_ jacobian: Jacobian) {
        func expectEqual(_ values: [Double]) {
            #expect(values.max()! - values.min()! < 1e-3 * values.max()!)
        }
        let nash = NashMTL().weights(jacobian)
        expectEqual(zip(jacobian.gains(nash), nash).map { $0 * $1 })
        guard jacobian.scale < Self.tellingScale else { return }
        let impartial = IMTLG().weights(jacobian)
        expectEqual(
            zip(jacobian.gains(impartial), jacobian.rows).map {
                $0 / Jacobian.product($1, $1).squareRoot()
            })
    }

    @Test func twoTasksMakePCGradAndUPGradOne() {
        for seed in UInt64(0)..<10 {
            let jacobian = Jacobian.random(tasks: 2, parameters: 3, seed: seed)
            #expect(distance(PCGrad().weights(jacobian), UPGrad().weights(jacobian)) < Self.tolerance)
        }
    }

    /// The random order is the stream's: the same stream gives the same weights, another one others.
    @Test func theOrderOfPCGradIsDrawn() {
        let gramian = Jacobian.random(tasks: 8, parameters: 9, seed: 7).gramian
        func weights(_ step: UInt32) -> [Double] {
            var (memory, random) = ([Float](), Philox(seed: 1, purpose: .balancing, index: step))
            return PCGrad().weights(gramian, tasks: Array(0..<8), memory: &memory, using: &random)
        }
        #expect(weights(1) == weights(1))
        #expect(weights(1) != weights(2))
    }
}
