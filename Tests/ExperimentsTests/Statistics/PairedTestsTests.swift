import Experiments
import Foundation
import Randomness
import Testing

/// Scores of two heads over five seeds.
private let scoresA = [0.941, 0.958, 0.949, 0.962, 0.937]
private let scoresB = [0.938, 0.951, 0.950, 0.948, 0.929]

/// Differences in height of Darwin's cross- and self-fertilised maize, in eighths of an inch.
private let darwin: [Double] = [6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75]

private func zeros(_ values: [Double]) -> [Double] { [Double](repeating: 0, count: values.count) }

/// Golden values of scipy 1.17.1, whose calls stand beside them.
struct PairedTestsTests {
    private let tolerance = 1e-12
    private var generator = Philox(seed: 1, purpose: .resampling)

    @Test func pairedT() throws {
        // scipy.stats.ttest_rel(a, b).pvalue
        #expect(abs(try #require(PairedTTest(scoresA, scoresB)).p - 0.06951676916365647) < tolerance)
        // scipy.stats.ttest_1samp(darwin, 0).pvalue
        #expect(abs(try #require(PairedTTest(darwin, zeros(darwin))).p - 0.049702944021800866) < tolerance)
    }

    @Test func pairedTIsNotDefinedWithoutVariance() {
        #expect(PairedTTest([0.5, 0.75], [0.25, 0.5]) == nil)
        #expect(PairedTTest([0.5], [0.25]) == nil)
        #expect(PairedTTest([0.9, 0.7, 0.3], [0.8, 0.6, 0.2]) == nil, "0.1 three times, but for rounding")
    }

    @Test func effectSize() throws {
        // (a - b).mean() / (a - b).std(ddof=1)
        #expect(abs(try #require(pairedEffectSize(scoresA, scoresB)) - 1.1011894916543514) < tolerance)
    }

    @Test mutating func permutationIsExactUpToSixteenPairs() {
        // scipy.stats.permutation_test((darwin,), np.mean, permutation_type='samples', n_resamples=np.inf): 1726 / 2^15
        #expect(pairedPermutationTest(darwin, zeros(darwin), using: &generator) == 1726.0 / 32768)
        // All three differences point one way: 2 of 2^3 sign patterns are as extreme.
        #expect(pairedPermutationTest([3, 2, 1], [0, 0, 0], using: &generator) == 0.25)
        #expect(pairedPermutationTest([1, 2], [1, 2], using: &generator) == 1)
        #expect(generator == Philox(seed: 1, purpose: .resampling), "an exact test draws nothing")
    }

    @Test mutating func permutationIsSampledBeyond() {
        let values = (1...20).map { sin(Double($0)) + 0.2 }
        let p = pairedPermutationTest(values, zeros(values), using: &generator)
        // The exact value, enumerated by the scipy call above; 4 standard errors of 100,000 samples.
        #expect(abs(p - 0.14290428161621094) < 4 * (0.143 * 0.857 / 100_000).squareRoot())
        var again = Philox(seed: 1, purpose: .resampling)
        #expect(pairedPermutationTest(values, zeros(values), using: &again) == p)
        let separated = [Double](repeating: 1, count: 70)
        #expect(
            pairedPermutationTest(separated, zeros(separated), samples: 999, using: &generator) == 1.0 / 1000)
    }

    @Test func wilcoxonExact() {
        // scipy.stats.wilcoxon(darwin, method='exact').pvalue
        #expect(abs(wilcoxonSignedRankTest(darwin, zeros(darwin)) - 0.041259765625) < tolerance)
        let values = (1...30).map { sin(Double($0)) + 0.3 }
        // scipy.stats.wilcoxon(np.sin(i) + 0.3, method='exact').pvalue
        #expect(abs(wilcoxonSignedRankTest(values, zeros(values)) - 0.03272089920938015) < tolerance)
    }

    @Test func wilcoxonWithTiesAndZeros() {
        let values: [Double] = [3, -1, 2, 2, 0, -2, 5, 4, 0]
        // scipy.stats.wilcoxon(values, method=scipy.stats.PermutationMethod(n_resamples=np.inf)).pvalue
        #expect(wilcoxonSignedRankTest(values, zeros(values)) == 0.125)
        #expect(wilcoxonSignedRankTest([1, 2], [1, 2]) == 1)
    }

    @Test func wilcoxonNormal() {
        let values = (1...60).map { sin(Double($0)) + 0.1 }
        // scipy.stats.wilcoxon(np.sin(i) + 0.1, method='asymptotic', correction=False).pvalue
        #expect(abs(wilcoxonSignedRankTest(values, zeros(values)) - 0.1186040324703133) < tolerance)
        let tied = (1...80).map { (4 * sin(Double($0))).rounded(.toNearestOrEven) + 1 }
        // The same call on np.round(4 * np.sin(i)) + 1, zeros left out: 74 values.
        #expect(abs(wilcoxonSignedRankTest(tied, zeros(tied)) - 0.001228784655131469) < tolerance)
    }

    @Test func holm() {
        // By hand: sorted 0.01, 0.02, 0.03, 0.04 times 4, 3, 2, 1 is 0.04, 0.06, 0.06, 0.04; then the running maximum.
        let adjusted = holmAdjusted([0.03, 0.01, 0.04, 0.02])
        for (actual, expected) in zip(adjusted, [0.06, 0.04, 0.06, 0.06]) {
            #expect(abs(actual - expected) < tolerance)
        }
        #expect(holmAdjusted([0.9, 0.8]) == [1, 1])
        #expect(holmAdjusted([]).isEmpty)
    }
}
