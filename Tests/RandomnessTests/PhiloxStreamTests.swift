import Randomness
import Testing

@Suite struct PhiloxStreamTests {
    /// Streams that differ from the first in one respect each.
    static let streams = [
        Philox(seed: 1, purpose: .initialization), Philox(seed: 2, purpose: .initialization),
        Philox(seed: 1 | 1 << 32, purpose: .initialization), Philox(seed: 1, purpose: .order),
        Philox(seed: 1, purpose: .initialization, index: 1),
    ]

    @Test func streamsShareNoWord() {
        // 500 words of 32 bits: a coincidence has a chance of 500^2 / 2 / 2^32, below 3e-5.
        let words = Self.streams.flatMap { stream in
            var generator = stream
            return (0..<100).map { _ in generator.nextWord() }
        }
        #expect(Set(words).count == words.count)
    }

    @Test func streamsAreUncorrelated() {
        let count = 4096
        let samples = Self.streams.map { stream in
            var generator = stream
            return (0..<count).map { _ in generator.uniform(in: -1..<1) }
        }
        // The mean of `count` products of independent uniform numbers has deviation 1 / (3 sqrt(count)).
        let fiveDeviations = 5 / (3 * Float(count).squareRoot())
        for first in samples.indices {
            for second in samples.indices where second > first {
                let covariance = zip(samples[first], samples[second]).reduce(0) { $0 + $1.0 * $1.1 }
                #expect(abs(covariance / Float(count)) < fiveDeviations)
            }
        }
    }
}
