import LinearAlgebra

extension ExecutionPlan {
    /// Each task's gradients of the circuit's entries from those of the plain circuit's, by the product rule.
    package func withoutExpansion(_ plain: TaskGradients, inputs: ParameterBatch) -> TaskGradients {
        guard let expansion else { return plain }
        func given(_ features: Matrix, _ parameters: [Float]) -> CircuitGradients {
            expansion.gradients(
                CircuitGradients(
                    expectations: plain.expectations, features: features, parameters: parameters),
                inputs: inputs)
        }
        var result = plain
        var total = Matrix(rows: inputs.sampleCount, columns: plainCircuit.featureCount)
        for (task, footprint) in footprints.enumerated() {
            var features = Matrix(rows: inputs.sampleCount, columns: plainCircuit.featureCount)
            var parameters = Matrix(rows: 1, columns: plainCircuit.parameterCount)
            plain.features[task].add(1, to: &features)
            plain.features[task].add(1, to: &total)
            plain.encoding[task].add(1, to: &parameters)
            let share = given(features, parameters.elements)
            result.features[task] = SparseGradient(share.features, columns: footprint.features)
            result.encoding[task] = SparseGradient(
                Matrix(rows: 1, columns: share.parameters.count, elements: share.parameters),
                columns: footprint.parameters)
        }
        result.parameters = given(total, plain.parameters).parameters
        return result
    }
}
