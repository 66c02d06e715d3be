import LinearAlgebra
import Randomness

/// The expectation values themselves are the outputs: the readout of arXiv:2604.13560.
struct LogitReadout: ExpectationReadout {
    let expectationCount: Int
    var outputCount: Int { expectationCount }
    var parameterCount: Int { 0 }

    var keepsTasksApart: Bool { true }

    func initialParameters(using generator: inout Philox) -> [Float] { [] }

    func outputs(_ expectations: Matrix, parameters: [Float]) -> Matrix { expectations }

    func expectationGradient(_ expectations: Matrix, parameters: [Float], cotangent: Matrix) -> Matrix {
        cotangent
    }

    func parameterGradient(_ expectations: Matrix, parameters: [Float], cotangent: Matrix) -> [Float] { [] }
}
