import LinearAlgebra
import Optimization
import Randomness
import Testing

/// Values computed another way by `make_aggregator_values.py`: by general optimisers, by trying all sets of active tasks, or on
/// the vectors themselves.
@Suite struct AggregatorValueTests {
    /// The share of 1e-9 on the Gramian's diagonal, 42 at most, against its smallest eigenvalue of 5, and the optimisers'
    /// own precision.
    static let tolerance = 1e-6
    static let jacobian = Jacobian("", [[-4, 1, 1, 0], [6, 1, 1, 2], [1, -3, 2, 1]])

    @Test(arguments: [
        (BalancingMethod.mgda, [0.527149319, 0.296380085, 0.176470595]),
        (.upgrad, [0.833333333, 0.502581756, 0.365461847]),
        (.cagrad, [0.565738896, 0.333333333, 0.333333333]),
        (.nashMTL, [0.486653499, 0.277339518, 0.236006982]),
        (.imtlG, [0.536743907, 0.324521667, 0.138734427]),
        (.alignedMTL, [0.394140332, 0.248843173, 0.206451544]),
    ]) func weightsAreThose(_ method: BalancingMethod, _ expected: [Double]) {
        #expect(distance(method.aggregator.weights(Self.jacobian), expected) < Self.tolerance)
    }

    @Test func aWideRadiusMovesSeveralTasks() {
        let expected = [1.880693247, 1.057385462, 0.629588312]
        #expect(distance(CAGrad(radius: 2).weights(Self.jacobian), expected) < Self.tolerance)
    }

    /// `g_1 - (g_1 . g_2 / |g_2|^2) g_2` and likewise for the other: shares of 1 + 22/18 and 1 + 22/42, halved.
    @Test func twoTasksOfPCGradHaveNoOrder() {
        let two = Jacobian("", Array(Self.jacobian.rows[..<2]))
        #expect(distance(PCGrad().weights(two), [1.111111111, 0.761904762]) < Self.tolerance)
    }

    @Test func gradVacRemembersCosines() {
        let gramian = Jacobian("", Array(Self.jacobian.rows[..<2])).gramian
        let rule = GradVac(pace: 0.5)
        var memory = rule.initialMemory(taskCount: 2)
        var random = Philox(seed: 1, purpose: .balancing)
        let first = rule.weights(gramian, tasks: [0, 1], memory: &memory, using: &random)
        #expect(distance(first, [1.111111111, 0.761904762]) < Self.tolerance)
        let second = rule.weights(gramian, tasks: [0, 1], memory: &memory, using: &random)
        #expect(distance(second, [0.911130554, 0.676198809]) < Self.tolerance)
        #expect(distance(memory.map { Double($0) }, [0, -0.600099198, -0.600099198, 0]) < Self.tolerance)
    }

    /// Of three tasks only the last two have gradients: their cosines are remembered in their places.
    @Test func gradVacKeepsPairsApart() {
        let gramian = Jacobian("", Array(Self.jacobian.rows[..<2])).gramian
        let rule = GradVac(pace: 0.5)
        var memory = rule.initialMemory(taskCount: 3)
        var random = Philox(seed: 1, purpose: .balancing)
        _ = rule.weights(gramian, tasks: [1, 2], memory: &memory, using: &random)
        #expect(memory.enumerated().filter { $0.element != 0 }.map(\.offset) == [5, 7])
    }
}
