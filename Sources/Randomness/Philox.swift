/// A counter-based random number generator: Philox4x32-10.
///
/// The n-th number is a function of key and n alone, so a stream gives the same numbers on every backend,
/// batch split and thread count, and can be resumed from its counter.
/// Source: Salmon, Moraes, Dror, Shaw, *Parallel random numbers: as easy as 1, 2, 3* (SC 2011).
public struct Philox: RandomNumberGenerator, Sendable, Equatable {
    /// What a stream of random numbers is used for; streams of one seed are independent of each other.
    public enum Purpose: UInt32, Sendable {
        /// Initial values of trainable parameters.
        case initialization = 1
        /// The order of samples within an epoch.
        case order = 2
        /// Splitting a data set.
        case split = 3
        /// Generating synthetic data.
        case data = 4
        /// Resampling in statistics.
        case resampling = 5
        /// Measurement outcomes.
        case shots = 6
        /// Weights that stay as they were drawn.
        case frozenWeights = 7
        /// Drawing the trials of a search.
        case search = 9
        /// Angles and features of a circuit's diagnostics.
        case diagnosis = 10
        /// The order or the weights of tasks in a step.
        case balancing = 11
        /// Quantum trajectories.
        case trajectories = 12
    }

    private let key: SIMD2<UInt32>
    private let stream: SIMD2<UInt32>
    private var counter: UInt64 = 0
    private var block = SIMD4<UInt32>()
    private var used = 4

    /// The stream of `seed` for `purpose`; `index` tells further streams apart (an epoch, a task).
    public init(seed: UInt64, purpose: Purpose, index: UInt32 = 0) {
        key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
        stream = SIMD2(purpose.rawValue, index)
    }

    /// The block of four numbers at `counter` under `key`.
    public static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
        var counter = counter
        var key = key
        for round in 0..<10 {
            if round > 0 { key = key &+ SIMD2(0x9E37_79B9, 0xBB67_AE85) }
            let first = UInt64(counter[0]) * 0xD251_1F53
            let second = UInt64(counter[2]) * 0xCD9E_8D57
            counter = SIMD4(
                UInt32(truncatingIfNeeded: second >> 32) ^ counter[1] ^ key[0],
                UInt32(truncatingIfNeeded: second),
                UInt32(truncatingIfNeeded: first >> 32) ^ counter[3] ^ key[1],
                UInt32(truncatingIfNeeded: first))
        }
        return counter
    }

    /// The next 32 random bits.
    public mutating func nextWord() -> UInt32 {
        if used == 4 {
            let position = SIMD4(
                UInt32(truncatingIfNeeded: counter), UInt32(truncatingIfNeeded: counter >> 32), stream[0],
                stream[1])
            block = Self.block(counter: position, key: key)
            counter += 1
            used = 0
        }
        defer { used += 1 }
        return block[used]
    }

    /// The next 64 random bits.
    public mutating func next() -> UInt64 {
        let low = UInt64(nextWord())
        return low | UInt64(nextWord()) << 32
    }

    /// A number drawn uniformly from `range`.
    public mutating func uniform(in range: Range<Float>) -> Float {
        let unit = Float(nextWord() >> 8) * 0x1p-24
        let number = range.lowerBound + unit * (range.upperBound - range.lowerBound)
        // The sum may round up to the bound that the range leaves out.
        return min(number, range.upperBound.nextDown)
    }
}
