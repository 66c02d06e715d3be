import Experiments
import Randomness
import Testing

private let scores = [0.941, 0.958, 0.949, 0.962, 0.937]

/// Golden values of scipy 1.17.1, whose calls stand beside them.
struct IntervalTests {
    private let tolerance = 1e-12

    @Test func summary() {
        let summary = HeadComparison.Summary(of: scores)
        #expect(abs(summary.mean - 0.9494) < tolerance)
        // np.std(scores, ddof=1)
        #expect(abs(summary.std - 0.010691117808723255) < tolerance)
        // scipy.stats.t.interval(0.95, 4, np.mean(scores), scipy.stats.sem(scores))
        #expect(abs(summary.ci95[0] - 0.9361252239163532) < tolerance)
        #expect(abs(summary.ci95[1] - 0.9626747760836468) < tolerance)
    }

    @Test func singleValueHasNoSpread() {
        #expect(
            HeadComparison.Summary(of: [0.5])
                == HeadComparison.Summary(mean: 0.5, std: 0, ci95: [0.5, 0.5]))
    }

    @Test func bootstrap() {
        var generator = Philox(seed: 3, purpose: .resampling)
        let interval = ConfidenceInterval.bootstrap(scores, using: &generator) { $0.reduce(0, +) / 5 }
        // scipy.stats.bootstrap((scores,), np.mean, n_resamples=100000, method='percentile', rng=1); the tolerance is
        // what 10,000 resamples leave open (scipy's own bound moves by as much from seed to seed).
        #expect(abs(interval.lower - 0.9410) < 5e-4)
        #expect(abs(interval.upper - 0.9578) < 5e-4)
        var again = Philox(seed: 3, purpose: .resampling)
        #expect(ConfidenceInterval.bootstrap(scores, using: &again) { $0.reduce(0, +) / 5 } == interval)
    }

    @Test func powerLaw() throws {
        let fit = try #require(
            PowerLaw(x: [2, 4, 8, 16, 32, 64], y: [30, 63, 118, 255, 470, 1010]))
        // scipy.stats.linregress(np.log(x), np.log(y)): slope, slope -+ stderr * scipy.stats.t.ppf(0.975, 4)
        #expect(abs(fit.exponent - 1.0050190390527272) < tolerance)
        let interval = try #require(fit.exponentInterval)
        #expect(abs(interval.lower - 0.965967034264904) < tolerance)
        #expect(abs(interval.upper - 1.0440710438405503) < tolerance)
    }

    @Test func powerLawOfExactPoints() throws {
        let fit = try #require(PowerLaw(x: [1, 2, 4], y: [3, 12, 48]))
        #expect(abs(fit.exponent - 2) < tolerance && abs(fit.factor - 3) < tolerance)
        #expect(PowerLaw(x: [2, 2], y: [1, 3]) == nil, "one x has no slope")
        #expect(try #require(PowerLaw(x: [1, 2], y: [1, 3])).exponentInterval == nil)
    }
}
