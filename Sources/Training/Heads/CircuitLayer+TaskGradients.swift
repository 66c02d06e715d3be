import Execution
import LinearAlgebra

extension CircuitLayer {
    /// Expectation values and each task's gradients of features and live angles of the encoding; in `parameters` the sum over
    /// tasks for all live angles.
    func taskGradients(
        features: Matrix, parameters: ArraySlice<Float>, cotangent: Cotangent
    ) async throws(BackendError) -> TaskGradients {
        var result = try await backend.taskGradients(
            plan, inputs: inputs(features, parameters), cotangent: cotangent)
        // A dead angle has no gradient, and the encoding's live angles are the first ones.
        let place = Dictionary(uniqueKeysWithValues: liveAngles.enumerated().map { ($1, $0) })
        for task in result.features.indices {
            result.features[task] = featureGradient(result.features[task], features: features)
            let encoding = result.encoding[task]
            let live = encoding.columns.indices.filter { place[encoding.columns[$0]] != nil }
            result.encoding[task] = SparseGradient(
                columns: live.map { place[encoding.columns[$0]]! },
                values: Matrix(
                    rows: 1, columns: live.count, elements: live.map { encoding.values.elements[$0] }))
        }
        result.parameters = liveAngles.map { result.parameters[$0] }
        return result
    }

    /// The gradient of the features from that of the feature angles.
    private func featureGradient(_ angles: SparseGradient, features: Matrix) -> SparseGradient {
        guard amplitudes != nil else {
            return SparseGradient(columns: angles.columns, values: Self.scaled(angles.values))
        }
        // Every feature has a part in every angle.
        var gradient = Matrix(rows: features.rows, columns: plan.circuit.featureCount)
        angles.add(1, to: &gradient)
        return SparseGradient(
            columns: Array(0..<features.columns), values: featureGradient(gradient, features: features))
    }
}
