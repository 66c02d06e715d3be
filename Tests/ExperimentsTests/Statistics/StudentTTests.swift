import Experiments
import Testing

/// Golden values of scipy 1.17.1, whose calls stand beside them.
struct StudentTTests {
    /// Both sides are accurate to a few units in the last place, times the conditioning of the tails.
    private let relativeTolerance = 1e-12

    @Test(arguments: [  // 2 * scipy.stats.t.sf(abs(t), df)
        (2.0, 2.0, 0.18350341907227397), (0.5, 1, 0.7048327646991335), (-1.3, 4, 0.2634515964712241),
        (12, 3, 0.0012450158007893362), (1e-3, 30, 0.9992087357664851), (2.5, 200, 0.013223172641700783),
        (40, 2, 0.0006244146721847406),
    ])
    func twoSidedProbability(_ t: Double, _ degreesOfFreedom: Double, _ expected: Double) {
        let actual = StudentT(degreesOfFreedom: degreesOfFreedom).twoSidedProbability(beyond: t)
        #expect(abs(actual - expected) <= relativeTolerance * expected)
    }

    @Test(arguments: [  // scipy.stats.t.cdf(t, df)
        (2.0, 2.0, 0.908248290463863), (-1.3, 4, 0.13172579823561206), (12, 3, 0.9993774920996054),
    ])
    func cumulative(_ t: Double, _ degreesOfFreedom: Double, _ expected: Double) {
        let actual = StudentT(degreesOfFreedom: degreesOfFreedom).cumulative(t)
        #expect(abs(actual - expected) <= relativeTolerance * expected)
    }

    @Test(arguments: [  // scipy.stats.t.ppf(p, df)
        (0.975, 1.0, 12.706204736174694), (0.975, 2, 4.302652729749462), (0.975, 4, 2.7764451051977934),
        (0.975, 9, 2.262157162798205), (0.9, 30, 1.3104150253913955), (0.025, 5, -2.5705818356363155),
        (0.5, 7, 0), (0.9995, 2, 31.599054576445365), (0.975, 1000, 1.9623390808264083),
    ])
    func quantile(_ p: Double, _ degreesOfFreedom: Double, _ expected: Double) {
        let actual = StudentT(degreesOfFreedom: degreesOfFreedom).quantile(p)
        #expect(abs(actual - expected) <= relativeTolerance * abs(expected))
    }

    @Test func extremes() {
        let distribution = StudentT(degreesOfFreedom: 3)
        #expect(distribution.twoSidedProbability(beyond: 0) == 1)
        #expect(distribution.twoSidedProbability(beyond: .infinity) == 0)
        #expect(distribution.twoSidedProbability(beyond: .nan).isNaN)
    }
}
