import LinearAlgebra
import Randomness
import Testing
import Training

/// One kind of classical heads on tasks of 1, 3, 1 and 5 outputs whose own features are 3, 6, 3 and 12.
struct ClassicalHeadCase: Sendable, CustomTestStringConvertible {
    static let outputCounts = [1, 3, 1, 5]
    static let widths = [3, 6, 3, 12]
    static let featureCount = 24

    let testDescription: String
    let heads: any TaskHeads
    /// Written out for these sizes.
    let parameterCount: Int

    static let all: [ClassicalHeadCase] = [
        ClassicalHeadCase("linear", LinearHeads(featureCount: 24, outputCount: 10), 10 * 25),
        ClassicalHeadCase(
            "sliced", SlicedHeads(widths: widths, outputCounts: outputCounts), 4 + 3 * 7 + 4 + 5 * 13),
        ClassicalHeadCase(
            "bottleneck", BottleneckHeads(featureCount: 24, outputCount: 10, width: 3), 3 * 25 + 10 * 4),
        ClassicalHeadCase(
            "cp", CPHeads(widths: widths, outputCounts: outputCounts, rank: 2), 2 * (8 + 5 + 12) + 10),
        ClassicalHeadCase(
            "hypernetwork", HypernetworkHeads(featureCount: 24, outputCounts: outputCounts, embedding: 2),
            4 * 2 + 5 * 3 * 25),
        ClassicalHeadCase(
            "lora", LoRAHeads(featureCount: 24, outputCounts: outputCounts, rank: 2),
            5 * 24 + 2 * (4 * 24 + 10)),
        ClassicalHeadCase(
            "low-rank", LowRankHeads(featureCount: 24, outputCount: 10, rank: 3), 3 * 34 + 10),
        ClassicalHeadCase(
            "mlp", MLPHeads(widths: widths, outputCounts: outputCounts, width: 2),
            2 * (4 + 7 + 4 + 13) + 3 * 10),
        ClassicalHeadCase("random-features", randomFeatures(seed: 5), 10 * 7),
        ClassicalHeadCase("vera", vera(seed: 5), 4 * 3 + 2 * 10),
    ]

    static func randomFeatures(seed: UInt64) -> RandomFeatureHeads {
        var frozen = Philox(seed: seed, purpose: .frozenWeights)
        return RandomFeatureHeads(
            widths: widths, outputCounts: outputCounts, width: 3, frozenUsing: &frozen)
    }

    static func vera(seed: UInt64) -> VeRAHeads {
        var frozen = Philox(seed: seed, purpose: .frozenWeights)
        return VeRAHeads(
            featureCount: featureCount, outputCounts: outputCounts, rank: 3, frozenUsing: &frozen)
    }

    /// Numbers uniform in `±1`, unlike initial values nowhere 0.
    static func numbers(_ count: Int, seed: UInt64) -> [Float] {
        var stream = Philox(seed: seed, purpose: .data)
        return (0..<count).map { _ in stream.uniform(in: -1..<1) }
    }

    static func features(samples: Int) -> Matrix {
        Matrix(
            rows: samples, columns: featureCount, elements: numbers(samples * featureCount, seed: 8))
    }

    private init(_ name: String, _ heads: any TaskHeads, _ parameterCount: Int) {
        testDescription = name
        self.heads = heads
        self.parameterCount = parameterCount
    }
}
