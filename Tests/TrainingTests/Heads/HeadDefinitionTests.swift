import LinearAlgebra
import Testing
import Training

/// Outputs against each head's definition, written out sum by sum in double precision.
@Suite struct HeadDefinitionTests {
    private static let starts = [0, 1, 4, 5]
    private static let sliceStarts = [0, 3, 9, 12]

    /// `A[t,i] K[k,i] S[s,i] J[j,i]`, parameters in this order.
    @Test func cpIsASumOfProducts() async throws {
        let heads = CPHeads(
            widths: ClassicalHeadCase.widths, outputCounts: ClassicalHeadCase.outputCounts, rank: 2)
        try await Self.check(heads) { p, x, task, kind in
            var sum = p[50 + Self.starts[task] + kind]
            for i in 0..<2 {
                for slice in 0..<4 {
                    for place in 0..<ClassicalHeadCase.widths[slice] {
                        let weight = p[task * 2 + i] * p[8 + kind * 2 + i] * p[18 + slice * 2 + i]
                        sum += weight * p[26 + place * 2 + i] * x[Self.sliceStarts[slice] + place]
                    }
                }
            }
            return sum
        }
    }

    /// Weights and bias of output `k` of task `t` are `H_k [v_t; 1]`.
    @Test func hypernetworkWeightsComeFromEmbeddings() async throws {
        let heads = HypernetworkHeads(
            featureCount: 24, outputCounts: ClassicalHeadCase.outputCounts, embedding: 2)
        try await Self.check(heads) { p, x, task, kind in
            let embedding = [p[task * 2], p[task * 2 + 1], 1]
            var sum = 0.0
            for a in 0..<3 {
                let row = kind * 3 + a
                sum += embedding[a] * p[8 + 15 * 24 + row]
                for feature in 0..<24 { sum += embedding[a] * p[8 + row * 24 + feature] * x[feature] }
            }
            return sum
        }
    }

    /// `W x + B_t (A_t x)`, not multiplied out.
    @Test func loraChangesASharedLayer() async throws {
        let heads = LoRAHeads(
            featureCount: 24, outputCounts: ClassicalHeadCase.outputCounts, rank: 2)
        try await Self.check(heads) { p, x, task, kind in
            var sum = 0.0
            for feature in 0..<24 { sum += p[kind * 24 + feature] * x[feature] }
            for i in 0..<2 {
                var hidden = 0.0
                for feature in 0..<24 { hidden += p[120 + (task * 2 + i) * 24 + feature] * x[feature] }
                sum += p[120 + 192 + (Self.starts[task] + kind) * 2 + i] * hidden
            }
            return sum
        }
    }

    /// Outputs are a scale of each output's own and linear in the task's vector: with all `d_t` doubled, or all `b_t`, what
    /// is above the biases doubles.
    @Test func veraVectorsScaleFrozenFactors() {
        let heads = ClassicalHeadCase.vera(seed: 5)
        let features = ClassicalHeadCase.features(samples: 2)
        var parameters = ClassicalHeadCase.numbers(heads.parameterCount, seed: 9)
        for bias in 22..<32 { parameters[bias] = 0 }
        let once = heads.outputs(features: features, parameters: parameters)
        for doubled in [0..<12, 12..<22] {
            var moved = parameters
            for index in doubled { moved[index] *= 2 }
            #expect(heads.outputs(features: features, parameters: moved) == once.map { 2 * $0 })
        }
        // The first outputs of all tasks share one row of the frozen factors.
        var equal = parameters
        for task in 0..<4 {
            for index in 0..<3 { equal[task * 3 + index] = parameters[index] }
            equal[12 + Self.starts[task]] = parameters[12]
        }
        let outputs = heads.outputs(features: features, parameters: equal)
        for task in 1..<4 { #expect(abs(outputs[0, Self.starts[task]] - outputs[0, 0]) < 1e-6) }
    }

    /// One frequency's cosine and sine, weighted 1 and 1 by turns: their squares sum to 1.
    @Test func randomFeaturesLieOnCircles() {
        let heads = ClassicalHeadCase.randomFeatures(seed: 5)
        let features = ClassicalHeadCase.features(samples: 4)
        // The first task's one output reads the first frequency's cosine, then its sine.
        func output(reading weight: Int) -> Matrix {
            var parameters = [Float](repeating: 0, count: heads.parameterCount)
            parameters[weight] = 1
            return heads.outputs(features: features, parameters: parameters)
        }
        let (cosine, sine) = (output(reading: 0), output(reading: 3))
        for row in 0..<4 {
            let square = cosine[row, 0] * cosine[row, 0] + sine[row, 0] * sine[row, 0]
            #expect(abs(square - 1) < 1e-6)
        }
        #expect(cosine[0, 0] != cosine[1, 0])
    }

    private static func check(
        _ heads: some TaskHeads,
        _ definition: (_ parameters: [Double], _ features: [Double], _ task: Int, _ kind: Int) -> Double
    ) async throws {
        let features = ClassicalHeadCase.features(samples: 3)
        let parameters = ClassicalHeadCase.numbers(heads.parameterCount, seed: 9)
        let outputs = try await heads.outputs(features: features, parameters: parameters)
        for row in 0..<3 {
            for (task, count) in ClassicalHeadCase.outputCounts.enumerated() {
                for kind in 0..<count {
                    let expected = definition(
                        parameters.map(Double.init), features.row(row).map(Double.init), task, kind)
                    let found = Double(outputs[row, starts[task] + kind])
                    #expect(abs(found - expected) < 1e-5 * max(1, abs(expected)))
                }
            }
        }
    }
}
