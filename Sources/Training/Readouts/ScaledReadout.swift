import LinearAlgebra
import Randomness

/// One trainable scale and bias per observable: scales first, then biases.
struct ScaledReadout: ExpectationReadout {
    /// A scale at which expectation values in `-1...1` span useful confidences from the start.
    ///
    /// On digits (six seeds, chosen on validation) anything from 1 to 8 ends within 0.5 points of it.
    static let initialScale: Float = 2

    let expectationCount: Int
    var outputCount: Int { expectationCount }
    var parameterCount: Int { 2 * expectationCount }

    var keepsTasksApart: Bool { true }

    func initialParameters(using generator: inout Philox) -> [Float] {
        [Float](repeating: Self.initialScale, count: expectationCount)
            + [Float](repeating: 0, count: expectationCount)
    }

    func outputs(_ expectations: Matrix, parameters: [Float]) -> Matrix {
        scaled(expectations, by: parameters) { value, scale, bias in value * scale + bias }
    }

    func expectationGradient(_ expectations: Matrix, parameters: [Float], cotangent: Matrix) -> Matrix {
        scaled(cotangent, by: parameters) { slope, scale, _ in slope * scale }
    }

    func parameterGradient(_ expectations: Matrix, parameters: [Float], cotangent: Matrix) -> [Float] {
        var gradient = [Float](repeating: 0, count: parameterCount)
        gradient.withUnsafeMutableBufferPointer { gradient in
            expectations.elements.withUnsafeBufferPointer { values in
                cotangent.elements.withUnsafeBufferPointer { slopes in
                    for row in 0..<expectations.rows {
                        for column in 0..<expectationCount {
                            let index = row * expectationCount + column
                            gradient[column] += slopes[index] * values[index]
                            gradient[expectationCount + column] += slopes[index]
                        }
                    }
                }
            }
        }
        return gradient
    }

    @inline(__always)
    private func scaled(
        _ matrix: Matrix, by parameters: [Float],
        _ body: (_ value: Float, _ scale: Float, _ bias: Float) -> Float
    ) -> Matrix {
        var result = matrix
        result.elements.withUnsafeMutableBufferPointer { values in
            parameters.withUnsafeBufferPointer { parameters in
                for row in 0..<matrix.rows {
                    for column in 0..<expectationCount {
                        let index = row * expectationCount + column
                        values[index] = body(
                            values[index], parameters[column], parameters[expectationCount + column])
                    }
                }
            }
        }
        return result
    }
}
