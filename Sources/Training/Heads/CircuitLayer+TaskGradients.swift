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
        if amplitudes == nil {
            Self.scale(&result.features.values)
        } else {
            result.features = featureGradients(result.features, features: features)
        }
        result.encoding = liveGradients(result.encoding)
        result.parameters = liveAngles.map { result.parameters[$0] }
        return result
    }

    /// The gradients of the features from those of the feature angles, where every feature has a part in every angle.
    private func featureGradients(_ angles: SparseGradients, features: Matrix) -> SparseGradients {
        let all = Array(0..<features.columns)
        var result = SparseGradients(rows: features.rows, columns: angles.columns.map { _ in all })
        for task in angles.columns.indices {
            var gradient = Matrix(rows: features.rows, columns: plan.circuit.featureCount)
            angles.add(task, times: 1, to: &gradient)
            result[task] = featureGradient(gradient, features: features)
        }
        return result
    }

    /// The gradients of the encoding's angles by their places among the live ones; a dead angle has none.
    private func liveGradients(_ encoding: SparseGradients) -> SparseGradients {
        var place = [Int?](repeating: nil, count: plan.circuit.parameterCount)
        for (index, angle) in liveAngles.enumerated() { place[angle] = index }
        var values: [Float] = []
        values.reserveCapacity(encoding.values.count)
        for (task, columns) in encoding.columns.enumerated() {
            for (index, column) in columns.enumerated() where place[column] != nil {
                values.append(encoding.values[encoding.starts[task] + index])
            }
        }
        // Tasks on one cone have the same columns, which then are one array.
        if let common = encoding.commonColumns {
            let live = common.compactMap { place[$0] }
            return SparseGradients(rows: 1, columns: encoding.columns.map { _ in live }, values: values)
        }
        return SparseGradients(
            rows: 1, columns: encoding.columns.map { $0.compactMap { place[$0] } }, values: values)
    }
}
