import IBMQuantum
import Testing

@Suite struct RegisterOutcomesTests {
    /// 130 bits: three words an outcome, the last one nearly empty.
    @Test func bitsBeyondAWord() {
        let outcomes = RegisterOutcomes(
            bitCount: 130, sets: 2, shots: 1, words: [1, 1 << 63, 2, 0, 1, 1])
        #expect(outcomes.wordsPerShot == 3)
        #expect((0..<130).filter { outcomes.bit($0, set: 0, shot: 0) } == [0, 127, 129])
        #expect((0..<130).filter { outcomes.bit($0, set: 1, shot: 0) } == [64, 128])
        #expect(outcomes.outcome(set: 1, shot: 0) == [0, 1, 1])
    }

    @Test func partsJoin() {
        let first = RegisterOutcomes(bitCount: 2, sets: 1, shots: 2, words: [0, 3])
        let joined = first.followed(
            by: RegisterOutcomes(bitCount: 2, sets: 2, shots: 2, words: [1, 2, 2, 1]))
        #expect(joined == RegisterOutcomes(bitCount: 2, sets: 3, shots: 2, words: [0, 3, 1, 2, 2, 1]))
    }
}
