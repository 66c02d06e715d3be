import Execution
import LinearAlgebra
import Randomness

/// Heads that read a map of the shared representation.
///
/// Parameters are the map's, then the heads'.
struct MappedHeads: CircuitHeads {
    private let map: any FeatureMap
    private let heads: any CircuitHeads

    init(_ map: any FeatureMap, before heads: any CircuitHeads) {
        precondition(map.outputCount == heads.featureCount, "the heads read what the map gives")
        self.map = map
        self.heads = heads
    }

    var featureCount: Int { map.inputCount }
    var outputCount: Int { heads.outputCount }
    var parameterCount: Int { map.parameterCount + heads.parameterCount }

    func initialParameters(using generator: inout Philox) -> [Float] {
        map.initialParameters(using: &generator) + heads.initialParameters(using: &generator)
    }

    func outputs(features: Matrix, parameters: [Float]) async throws -> Matrix {
        let own = split(parameters)
        return try await heads.outputs(
            features: map.outputs(features, parameters: own.map), parameters: own.heads)
    }

    func gradients(
        features: Matrix, parameters: [Float], cotangent: Cotangent
    ) async throws -> HeadGradients {
        let own = split(parameters)
        var result = try await heads.gradients(
            features: map.outputs(features, parameters: own.map), parameters: own.heads,
            cotangent: cotangent)
        let slopes = map.gradients(features, parameters: own.map, cotangent: result.features)
        result.features = slopes.inputs
        result.parameters = slopes.parameters + result.parameters
        return result
    }

    func circuitInputs(features: Matrix, parameters: [Float]) -> ParameterBatch {
        let own = split(parameters)
        return heads.circuitInputs(
            features: map.outputs(features, parameters: own.map), parameters: own.heads)
    }

    private func split(_ parameters: [Float]) -> (map: [Float], heads: [Float]) {
        (Array(parameters[..<map.parameterCount]), Array(parameters[map.parameterCount...]))
    }
}
