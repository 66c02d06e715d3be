import Execution
import LinearAlgebra
import Randomness

/// One dense linear layer per task over the task's own values: in front of a circuit or behind it.
struct SlicedMap {
    private let layers: SlicedHeads

    /// Layers from `widths[t]` to `outputCounts[t]` values of each task.
    init(widths: [Int], outputCounts: [Int]) {
        layers = SlicedHeads(widths: widths, outputCounts: outputCounts)
    }

    var outputCount: Int { layers.outputCount }
    var parameterCount: Int { layers.parameterCount }

    func initialParameters(using generator: inout Philox) -> [Float] {
        layers.initialParameters(using: &generator)
    }

    func outputs(_ inputs: Matrix, parameters: [Float]) -> Matrix {
        layers.outputs(features: inputs, parameters: parameters)
    }
}

extension SlicedMap: FeatureMap {
    var inputCount: Int { layers.featureCount }

    func gradients(
        _ inputs: Matrix, parameters: [Float], cotangent: Matrix
    ) -> (inputs: Matrix, parameters: [Float]) {
        let result = layers.gradients(
            features: inputs, parameters: parameters, cotangent: Cotangent(cotangent))
        return (result.features, result.parameters)
    }
}

extension SlicedMap: ExpectationReadout {
    var expectationCount: Int { layers.featureCount }

    func expectationGradient(_ expectations: Matrix, parameters: [Float], cotangent: Matrix) -> Matrix {
        gradients(expectations, parameters: parameters, cotangent: cotangent).inputs
    }

    func parameterGradient(_ expectations: Matrix, parameters: [Float], cotangent: Matrix) -> [Float] {
        gradients(expectations, parameters: parameters, cotangent: cotangent).parameters
    }
}
