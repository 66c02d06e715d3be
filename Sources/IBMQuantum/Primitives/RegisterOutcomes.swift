/// The measured bits of one register, `[sets x shots]`.
///
/// The same shot of another register of the same circuit has the same place there.
public struct RegisterOutcomes: Sendable, Equatable {
    /// The number of bits of the register; any number, also beyond 64.
    public let bitCount: Int
    /// The number of parameter sets.
    public let sets: Int
    /// The number of shots of each parameter set.
    public let shots: Int
    /// `[sets x shots x wordsPerShot]`: bit `i` of an outcome is bit `i % 64` of its word `i / 64`.
    public let words: [UInt64]

    /// The words of one outcome.
    public static func wordCount(bits: Int) -> Int { (bits + 63) / 64 }

    /// The words of one outcome.
    public var wordsPerShot: Int { Self.wordCount(bits: bitCount) }

    /// Outcomes with all bits in words.
    ///
    /// `words`: `[sets x shots x wordsPerShot]`.
    public init(bitCount: Int, sets: Int, shots: Int, words: [UInt64]) {
        precondition(bitCount > 0 && words.count == sets * shots * Self.wordCount(bits: bitCount))
        self.bitCount = bitCount
        self.sets = sets
        self.shots = shots
        self.words = words
    }

    /// The words of the outcome of one shot of one parameter set, lowest bits first.
    public func outcome(set: Int, shot: Int) -> ArraySlice<UInt64> {
        let start = (set * shots + shot) * wordsPerShot
        return words[start..<start + wordsPerShot]
    }

    /// One measured bit.
    public func bit(_ bit: Int, set: Int, shot: Int) -> Bool {
        precondition(bit >= 0 && bit < bitCount)
        return words[(set * shots + shot) * wordsPerShot + bit / 64] >> UInt64(bit % 64) & 1 == 1
    }

    /// The outcomes of these parameter sets, followed by those of `other`.
    package func followed(by other: RegisterOutcomes) -> RegisterOutcomes {
        precondition(other.bitCount == bitCount && other.shots == shots)
        return RegisterOutcomes(
            bitCount: bitCount, sets: sets + other.sets, shots: shots, words: words + other.words)
    }
}
