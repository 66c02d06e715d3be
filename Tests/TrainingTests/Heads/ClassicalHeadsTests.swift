import Execution
import LinearAlgebra
import Randomness
import Testing
import Training

@Suite struct ClassicalHeadsTests {
    @Test(arguments: ClassicalHeadCase.all) func sizesAreAsWrittenOut(head: ClassicalHeadCase) {
        let heads = head.heads
        #expect(heads.parameterCount == head.parameterCount)
        #expect(heads.outputCount == 10)
        #expect(heads.featureCount == ClassicalHeadCase.featureCount)
        var stream = Philox(seed: 1, purpose: .initialization)
        let parameters = heads.initialParameters(using: &stream)
        #expect(parameters.count == head.parameterCount)
        #expect(parameters.contains { $0 != 0 })
    }

    /// Every gradient of features and parameters against differences of `sum_o c_o y_o + y_o^2 / 2`, whose slope in the
    /// outputs is `c + y`.
    @Test(arguments: ClassicalHeadCase.all) func gradientsAreDerivatives(head: ClassicalHeadCase) async throws
    {
        let heads = head.heads
        let features = ClassicalHeadCase.features(samples: 3)
        let parameters = ClassicalHeadCase.numbers(heads.parameterCount, seed: 9)
        let weights = ClassicalHeadCase.numbers(30, seed: 10)
        func total(_ features: Matrix, _ parameters: [Float]) async throws -> Double {
            let outputs = try await heads.outputs(features: features, parameters: parameters)
            return zip(outputs.elements, weights).reduce(0) { sum, pair in
                let output = Double(pair.0)
                return sum + Double(pair.1) * output + output * output / 2
            }
        }
        let result = try await heads.gradients(
            features: features, parameters: parameters,
            cotangent: Cotangent { outputs, samples in
                #expect(samples == 0..<3)
                return Matrix(
                    rows: 3, columns: 10, elements: zip(outputs.elements, weights).map { $0 + $1 })
            })
        #expect(result.outputs == (try await heads.outputs(features: features, parameters: parameters)))
        // Totals and slopes are of this size, and so are the errors of rounding.
        let scale = Double(
            max(1, result.parameters.map(abs).max()!, result.features.elements.map(abs).max()!))
        let step: Float = 2e-2
        for index in features.elements.indices {
            let slope = try await FiniteDifference.slope(step: step) { change in
                var moved = features
                moved.elements[index] += change
                return try await total(moved, parameters)
            }
            #expect(
                abs(slope - Double(result.features.elements[index])) < scale * FiniteDifference.tolerance)
        }
        for index in parameters.indices {
            let slope = try await FiniteDifference.slope(step: step) { change in
                var moved = parameters
                moved[index] += change
                return try await total(features, moved)
            }
            #expect(abs(slope - Double(result.parameters[index])) < scale * FiniteDifference.tolerance)
        }
    }

    /// Row i of a batch is what row i gives alone, and no samples give no outputs.
    @Test(arguments: ClassicalHeadCase.all) func samplesAreIndependent(head: ClassicalHeadCase) async throws {
        let features = ClassicalHeadCase.features(samples: 65)
        let parameters = ClassicalHeadCase.numbers(head.parameterCount, seed: 9)
        let outputs = try await head.heads.outputs(features: features, parameters: parameters)
        for row in [0, 1, 64] {
            let alone = try await head.heads.outputs(
                features: features.slice(rows: row..<row + 1), parameters: parameters)
            for (own, other) in zip(alone.elements, outputs.row(row)) {
                #expect(abs(own - other) < 1e-5 * max(1, abs(own)))
            }
        }
        let none = try await head.heads.gradients(
            features: Matrix(rows: 0, columns: ClassicalHeadCase.featureCount), parameters: parameters,
            cotangent: Cotangent(Matrix(rows: 0, columns: 10)))
        #expect(none.outputs.rows == 0 && none.parameters.allSatisfy { $0 == 0 })
    }

    /// A task that reads only its own features is deaf to those of the others.
    @Test(arguments: ["sliced", "mlp", "random-features"]) func ownFeaturesAreOwn(name: String) async throws {
        let head = try #require(ClassicalHeadCase.all.first { $0.testDescription == name })
        let parameters = ClassicalHeadCase.numbers(head.parameterCount, seed: 9)
        var features = ClassicalHeadCase.features(samples: 1)
        let before = try await head.heads.outputs(features: features, parameters: parameters)
        features[0, 4] += 0.5  // the second task's
        let after = try await head.heads.outputs(features: features, parameters: parameters)
        for output in 0..<10 {
            #expect((before[0, output] != after[0, output]) == (1..<4).contains(output))
        }
    }

    @Test func frozenWeightsFollowTheirSeed() throws {
        let features = ClassicalHeadCase.features(samples: 2)
        let parameters = ClassicalHeadCase.numbers(70, seed: 9)
        let same = [5, 5, 6].map {
            ClassicalHeadCase.randomFeatures(seed: $0).outputs(features: features, parameters: parameters)
        }
        #expect(same[0] == same[1] && same[0] != same[2])
        let vera = [5, 5, 6].map {
            ClassicalHeadCase.vera(seed: $0).outputs(
                features: features, parameters: Array(parameters[..<32]))
        }
        #expect(vera[0] == vera[1] && vera[0] != vera[2])
    }
}
