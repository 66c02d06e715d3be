import LinearAlgebra

extension Backend {
    /// The gradients of each task's share of a loss, by one backward pass for each group of tasks that share nothing.
    ///
    /// A backend without a faster way has this one: it calls `gradients` with the cotangents of all other tasks at zero.
    /// - Throws: `BackendError.outOfMemory` when one sample's states do not fit.
    public func taskGradients(
        _ plan: ExecutionPlan, inputs: ParameterBatch, cotangent: Cotangent
    ) async throws(BackendError) -> TaskGradients {
        try await maskedTaskGradients(plan, inputs: inputs, cotangent: cotangent)
    }

    /// The same, for a backend whose faster way does not serve a plan.
    package func maskedTaskGradients(
        _ plan: ExecutionPlan, inputs: ParameterBatch, cotangent: Cotangent
    ) async throws(BackendError) -> TaskGradients {
        let circuit = plan.circuit
        let expectations = try await expectations(plan, inputs: inputs)
        let slopes = cotangent(expectations, samples: 0..<inputs.sampleCount)
        let footprints = plan.footprints
        var result = TaskGradients(
            expectations: expectations,
            features: SparseGradients(rows: inputs.sampleCount, columns: footprints.map(\.features)),
            encoding: SparseGradients(rows: 1, columns: footprints.map(\.parameters)),
            parameters: [Float](repeating: 0, count: circuit.parameterCount))
        for tasks in plan.independentTasks {
            let masked = slopes.zeroed(outside: tasks.map { circuit.readouts[$0] })
            let gradients = try await gradients(plan, inputs: inputs, cotangent: Cotangent(masked))
            let angles = Matrix(rows: 1, columns: circuit.parameterCount, elements: gradients.parameters)
            for task in tasks {
                let footprint = footprints[task]
                result.features[task] = gradients.features.gathering(columns: footprint.features)
                result.encoding[task] = angles.gathering(columns: footprint.parameters)
            }
            for index in result.parameters.indices {
                result.parameters[index] += gradients.parameters[index]
            }
        }
        return result
    }
}

extension Matrix {
    /// The matrix with zeros in the columns outside of `ranges`.
    package func zeroed(outside ranges: [Range<Int>]) -> Matrix {
        var result = Matrix(rows: rows, columns: columns)
        for row in 0..<rows {
            for range in ranges {
                for column in range { result[row, column] = self[row, column] }
            }
        }
        return result
    }
}
