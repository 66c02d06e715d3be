import OpenCLSimulation
import Randomness
import Testing

/// Streams of random numbers are the same on a device as in Swift, so that results do not depend on the backend.
@Suite(.needsDevice) struct RandomNumberTests {
    @Test(arguments: [0, 7, 0x1234_5678_9ABC_DEF0, .max] as [UInt64], [Philox.Purpose.shots, .order])
    func streamsEqualPhilox(_ seed: UInt64, _ purpose: Philox.Purpose) throws {
        let device = try #require(testDevice)
        let engine = try OpenCLEngine(device, .single, memory: 1 << 26, shape: .automatic)
        for (index, count) in [(0, 1), (3, 257), (.max, 4096)] as [(UInt32, Int)] {
            var stream = Philox(seed: seed, purpose: purpose, index: index)
            let expected = (0..<count).map { _ in stream.nextWord() }
            let words = try engine.randomWords(seed: seed, purpose: purpose, index: index, count: count)
            #expect(words == expected)
        }
    }
}
