import Randomness
import Testing

/// Known answers of Philox4x32-10, from the file `kat_vectors` of the Random123 distribution.
struct PhiloxKnownAnswer: Sendable {
    let counter: SIMD4<UInt32>
    let key: SIMD2<UInt32>
    let block: SIMD4<UInt32>

    static let all = [
        PhiloxKnownAnswer(
            counter: SIMD4(repeating: 0), key: SIMD2(repeating: 0),
            block: SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)),
        PhiloxKnownAnswer(
            counter: SIMD4(repeating: .max), key: SIMD2(repeating: .max),
            block: SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)),
        // Counter and key are the first hexadecimal digits of pi.
        PhiloxKnownAnswer(
            counter: SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
            key: SIMD2(0xa409_3822, 0x299f_31d0),
            block: SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)),
    ]
}

@Suite struct PhiloxTests {
    @Test(arguments: PhiloxKnownAnswer.all)
    func blockMatchesKnownAnswer(_ known: PhiloxKnownAnswer) {
        #expect(Philox.block(counter: known.counter, key: known.key) == known.block)
    }

    @Test func wordsAreTheBlocksOfConsecutiveCounters() {
        var generator = Philox(seed: 0x0123_4567_89ab_cdef, purpose: .shots, index: 9)
        for position: UInt32 in 0..<3 {
            let expected = Philox.block(
                counter: SIMD4(position, 0, Philox.Purpose.shots.rawValue, 9),
                key: SIMD2(0x89ab_cdef, 0x0123_4567))
            for lane in 0..<4 { #expect(generator.nextWord() == expected[lane]) }
        }
    }

    @Test func nextIsTwoWordsLowFirst() {
        var words = Philox(seed: 5, purpose: .data)
        var wide = Philox(seed: 5, purpose: .data)
        let low = UInt64(words.nextWord())
        let high = UInt64(words.nextWord())
        #expect(wide.next() == high << 32 | low)
    }

    @Test func copiedGeneratorContinuesAlike() {
        var generator = Philox(seed: 1, purpose: .order)
        for _ in 0..<7 { _ = generator.nextWord() }
        var copy = generator
        #expect((0..<9).map { _ in generator.nextWord() } == (0..<9).map { _ in copy.nextWord() })
    }
}
