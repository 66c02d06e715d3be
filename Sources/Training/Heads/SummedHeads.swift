import Execution
import LinearAlgebra
import Randomness

/// The outputs of a circuit and of other heads added up.
///
/// Parameters are those of the circuit's heads, then the others'.
struct SummedHeads: CircuitHeads {
    private let first: any CircuitHeads
    private let second: any TaskHeads

    init(_ first: any CircuitHeads, _ second: any TaskHeads) {
        precondition(
            first.featureCount == second.featureCount && first.outputCount == second.outputCount,
            "both heads read the same features and have the same outputs")
        self.first = first
        self.second = second
    }

    var featureCount: Int { first.featureCount }
    var outputCount: Int { first.outputCount }
    var parameterCount: Int { first.parameterCount + second.parameterCount }

    func initialParameters(using generator: inout Philox) -> [Float] {
        first.initialParameters(using: &generator) + second.initialParameters(using: &generator)
    }

    func outputs(features: Matrix, parameters: [Float]) async throws -> Matrix {
        let own = split(parameters)
        var sum = try await first.outputs(features: features, parameters: own.first)
        sum.add(try await second.outputs(features: features, parameters: own.second))
        return sum
    }

    /// The second's outputs are found first; the first runs forward and back once, its outputs shifted by them.
    func gradients(
        features: Matrix, parameters: [Float], cotangent: Cotangent
    ) async throws -> HeadGradients {
        let own = split(parameters)
        let shift = try await second.outputs(features: features, parameters: own.second)
        let slopes = RowCollector(rows: features.rows, columns: outputCount)
        var result = try await first.gradients(
            features: features, parameters: own.first,
            cotangent: Cotangent { outputs, samples in
                var sum = outputs
                sum.add(samples == 0..<shift.rows ? shift : shift.slice(rows: samples))
                let slope = cotangent(sum, samples: samples)
                slopes.store(slope, at: samples)
                return slope
            })
        let other = try await second.gradients(
            features: features, parameters: own.second, cotangent: Cotangent(slopes.matrix))
        result.outputs.add(shift)
        result.features.add(other.features)
        result.parameters += other.parameters
        return result
    }

    func circuitInputs(features: Matrix, parameters: [Float]) -> ParameterBatch {
        first.circuitInputs(features: features, parameters: split(parameters).first)
    }

    private func split(_ parameters: [Float]) -> (first: [Float], second: [Float]) {
        (Array(parameters[..<first.parameterCount]), Array(parameters[first.parameterCount...]))
    }
}

extension Matrix {
    fileprivate mutating func add(_ other: Matrix) {
        precondition(rows == other.rows && columns == other.columns, "matrices have one shape")
        for index in elements.indices { elements[index] += other.elements[index] }
    }
}
