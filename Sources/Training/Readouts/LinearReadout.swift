import LinearAlgebra
import Randomness

/// One dense linear layer per task over all expectation values: `sum_t C_t (R + 1)` parameters for `R` of them.
struct LinearReadout: ExpectationReadout {
    private let layer: DenseLayer

    init(expectationCount: Int, outputCount: Int) {
        layer = DenseLayer(inputCount: expectationCount, outputCount: outputCount)
    }

    var expectationCount: Int { layer.inputCount }
    var outputCount: Int { layer.outputCount }
    var parameterCount: Int { layer.parameterCount }

    func initialParameters(using generator: inout Philox) -> [Float] {
        layer.initialParameters(using: &generator)
    }

    func outputs(_ expectations: Matrix, parameters: [Float]) -> Matrix {
        parameters.withUnsafeBufferPointer { layer.outputs(expectations, parameters: $0) }
    }

    func expectationGradient(_ expectations: Matrix, parameters: [Float], cotangent: Matrix) -> Matrix {
        parameters.withUnsafeBufferPointer { layer.inputGradient(cotangent: cotangent, parameters: $0) }
    }

    func parameterGradient(_ expectations: Matrix, parameters: [Float], cotangent: Matrix) -> [Float] {
        var gradient = [Float](repeating: 0, count: parameterCount)
        gradient.withUnsafeMutableBufferPointer {
            layer.parameterGradient(expectations, cotangent: cotangent, into: $0)
        }
        return gradient
    }
}
