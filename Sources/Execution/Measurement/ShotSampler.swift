import Randomness

/// Draws outcomes of measurements from one sample's stream of random numbers.
struct ShotSampler {
    private var generator: Philox

    /// The stream of the `occurrence`-th measurement of a sample whose angles have this digest.
    init(seed: UInt64, digest: UInt64, occurrence: UInt32) {
        generator = Philox(seed: seed ^ digest, purpose: .shots, index: occurrence)
    }

    /// The share of `shots` that gave each outcome.
    mutating func frequencies(_ probabilities: [Double], shots: Int) -> [Double] {
        var thresholds: [UInt64] = []
        let total = probabilities.reduce(0, +)
        var sum = 0.0
        for probability in probabilities {
            sum += probability
            thresholds.append(UInt64(sum / total * 0x1p32))
        }
        var counts = [Int](repeating: 0, count: probabilities.count)
        for _ in 0..<shots {
            let word = UInt64(generator.nextWord())
            var (low, high) = (0, thresholds.count - 1)
            while low < high {
                let middle = (low + high) / 2
                if word < thresholds[middle] { high = middle } else { low = middle + 1 }
            }
            counts[low] += 1
        }
        return counts.map { Double($0) / Double(shots) }
    }
}
