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
        let footprints = footprints
        var result = TaskGradients(
            expectations: plain.expectations,
            features: SparseGradients(rows: inputs.sampleCount, columns: footprints.map(\.features)),
            encoding: SparseGradients(rows: 1, columns: footprints.map(\.parameters)), parameters: [])
        var total = Matrix(rows: inputs.sampleCount, columns: plainCircuit.featureCount)
        for (task, footprint) in footprints.enumerated() {
            var features = Matrix(rows: inputs.sampleCount, columns: plainCircuit.featureCount)
            var parameters = Matrix(rows: 1, columns: plainCircuit.parameterCount)
            plain.features.add(task, times: 1, to: &features)
            plain.features.add(task, times: 1, to: &total)
            plain.encoding.add(task, times: 1, to: &parameters)
            let share = given(features, parameters.elements)
            result.features[task] = share.features.gathering(columns: footprint.features)
            result.encoding[task] = Matrix(
                rows: 1, columns: share.parameters.count, elements: share.parameters
            ).gathering(columns: footprint.parameters)
        }
        result.parameters = given(total, plain.parameters).parameters
        return result
    }
}
