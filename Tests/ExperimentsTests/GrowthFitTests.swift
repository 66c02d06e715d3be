import Circuits
import Experiments
import Testing

struct GrowthFitTests {
    private let tasks = [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]

    @Test func leadingTermIsFoundWhereItOutweighsTheRest() throws {
        let fit = try #require(GrowthFit(tasks: tasks, values: tasks.map { Double($0 * (3 * $0 + 40)) }))
        #expect(fit.leadingFrom == 64)
        // By scipy.stats.linregress on the logarithms, over all and over the last five.
        #expect(abs(fit.whole.exponent - 1.6972054926362634) < 1e-12)
        #expect(abs(fit.leading.exponent - 1.9385422064610414) < 1e-12)
    }

    @Test func powersAreExact() throws {
        let fit = try #require(
            GrowthFit(tasks: tasks.reversed(), values: tasks.reversed().map { 8 * Double($0) }))
        #expect(abs(fit.whole.exponent - 1) < 1e-12 && abs(fit.leading.exponent - 1) < 1e-12)
    }

    @Test func fewPointsHaveOneFit() throws {
        let fit = try #require(GrowthFit(tasks: [2, 4, 8], values: [1, 3, 5]))
        #expect(fit.leading == fit.whole && fit.leadingFrom == 2)
        #expect(GrowthFit(tasks: [2, 2], values: [1, 1]) == nil)
        #expect(GrowthFit(tasks: [2, 4], values: [0, 1]) == nil, "a count of zero has no logarithm")
        #expect(GrowthFit(tasks: [], values: []) == nil)
    }

    /// The exponents of model.md, by the formulas that the built models are held to.
    @Test(arguments: [("quantum", 1.0, 0.02), ("sliced", 1.0, 0.02), ("linear", 2.0, 0.05)])
    func headsGrowAsTheModelSays(name: String, exponent: Double, tolerance: Double) throws {
        let choice = try #require(HeadChoice(named: name))
        let counts = tasks.map { count in
            ParameterFormula(
                choice, outputs: [Int](repeating: 1, count: count), featureCount: 3 * count
            ).count
        }
        let fit = try #require(GrowthFit(tasks: tasks, values: counts.map(Double.init)))
        #expect(abs(fit.leading.exponent - exponent) <= tolerance)
    }
}
