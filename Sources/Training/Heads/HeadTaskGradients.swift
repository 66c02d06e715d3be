import Execution
import LinearAlgebra

/// Outputs of the heads and the gradients of each task's share of a loss.
public struct HeadTaskGradients: Sendable {
    /// Outputs, `[samples x O]`.
    public let outputs: Matrix
    /// The gradient of the shared representation for each task, a row per sample.
    public let features: [SparseGradient]
    /// The gradient, in one row, for each task, of those parameters of the heads that more than one task moves.
    public let shared: [SparseGradient]
    /// The gradient of all parameters, summed over tasks.
    public let parameters: [Float]

    /// Known gradients; `parts` are those of the heads' parameters for each task, in one row.
    public init(
        outputs: Matrix, features: [SparseGradient], parts: [SparseGradient], parameters: [Float]
    ) {
        self.outputs = outputs
        self.features = features
        self.parameters = parameters
        var owners = [Int](repeating: 0, count: parameters.count)
        for part in parts {
            for (column, value) in zip(part.columns, part.values.elements) where value != 0 {
                owners[column] += 1
            }
        }
        shared = parts.map { part in
            let places = part.columns.indices.filter { owners[part.columns[$0]] > 1 }
            return SparseGradient(
                columns: places.map { part.columns[$0] },
                values: Matrix(
                    rows: 1, columns: places.count, elements: places.map { part.values.elements[$0] }))
        }
    }
}

extension TaskHeads {
    /// The gradients of each task's share of a loss, by one backward pass for each task.
    ///
    /// Heads without a faster way have this one: it calls `gradients` with the cotangents of all other tasks at zero.
    public func taskGradients(
        features: Matrix, parameters: [Float], tasks: [Range<Int>], cotangent: Cotangent
    ) async throws -> HeadTaskGradients {
        try await maskedTaskGradients(
            features: features, parameters: parameters, tasks: tasks, cotangent: cotangent)
    }

    /// What `taskGradients` does where heads have no way of their own.
    func maskedTaskGradients(
        features: Matrix, parameters: [Float], tasks: [Range<Int>], cotangent: Cotangent
    ) async throws -> HeadTaskGradients {
        let outputs = try await outputs(features: features, parameters: parameters)
        let slopes = cotangent(outputs, samples: 0..<features.rows)
        var featureGradients: [SparseGradient] = []
        var parts: [SparseGradient] = []
        var total = [Float](repeating: 0, count: parameterCount)
        for columns in tasks {
            let result = try await gradients(
                features: features, parameters: parameters,
                cotangent: Cotangent(slopes.zeroed(outside: [columns])))
            let moved = result.parameters.indices.filter { result.parameters[$0] != 0 }
            for index in moved { total[index] += result.parameters[index] }
            featureGradients.append(
                SparseGradient(columns: Array(0..<featureCount), values: result.features))
            parts.append(
                SparseGradient(
                    columns: moved,
                    values: Matrix(
                        rows: 1, columns: moved.count, elements: moved.map { result.parameters[$0] })))
        }
        return HeadTaskGradients(
            outputs: outputs, features: featureGradients, parts: parts, parameters: total)
    }
}
