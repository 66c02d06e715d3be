import Randomness
import Testing

@Suite struct PhiloxUniformTests {
    @Test(arguments: [Float(-1)..<1, 0..<1, -1.5707964..<1.5707964, 1e-6..<2e-6, 1000..<1001])
    func staysInsideRangeWithItsMean(_ range: Range<Float>) {
        var generator = Philox(seed: 42, purpose: .initialization)
        let count = 10_000
        let numbers = (0..<count).map { _ in generator.uniform(in: range) }
        #expect(numbers.allSatisfy(range.contains))
        let mean = numbers.reduce(0.0) { $0 + Double($1) } / Double(count)
        let width = Double(range.upperBound) - Double(range.lowerBound)
        // A uniform number has deviation width / sqrt(12).
        let fiveDeviations = 5 * width / (12 * Double(count)).squareRoot()
        #expect(abs(mean - Double(range.lowerBound) - width / 2) < fiveDeviations)
    }

    /// The first word of this stream starts with 24 ones, the largest fraction below 1; found by search.
    @Test(arguments: [Float(1)..<2, 0..<1, 1000..<1001, -1.5707964..<1.5707964])
    func largestFractionStaysBelowTheUpperBound(_ range: Range<Float>) {
        let stream = Philox(seed: 7_935_899, purpose: .initialization)
        var words = stream
        #expect(words.nextWord() >> 8 == 0xff_ffff)
        var numbers = stream
        #expect(range.contains(numbers.uniform(in: range)))
    }
}
