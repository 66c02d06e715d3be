import Experiments
import Testing

struct CliffsDeltaTests {
    /// `2 * scipy.stats.mannwhitneyu(a, b).statistic / (len(a) * len(b)) - 1` of SciPy 1.17.1.
    @Test(
        arguments: [
            ([0.941, 0.958, 0.949, 0.962, 0.937], [0.938, 0.951, 0.950, 0.948, 0.929], 0.28),
            ([3, 4, 5], [1, 2], 1), ([1, 2], [3, 4, 5], -1), ([1, 2, 2], [2, 2, 3], -5.0 / 9),
            ([7], [7], 0),
        ] as [([Double], [Double], Double)])
    func itIsAShareOfPairs(a: [Double], b: [Double], expected: Double) {
        #expect(abs(cliffsDelta(a, b) - expected) < 1e-12)
        #expect(cliffsDelta(b, a) == -cliffsDelta(a, b))
    }
}
