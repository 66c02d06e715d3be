import Execution
import LinearAlgebra

/// Outputs of the heads and the gradients of each task's share of a loss.
public struct HeadTaskGradients: Sendable {
    /// Outputs, `[samples x O]`.
    public let outputs: Matrix
    /// The gradient of the shared representation for each task, a row per sample.
    public let features: SparseGradients
    /// The gradient, in one row, for each task, of those parameters of the heads that more than one task moves.
    public let shared: SparseGradients
    /// The gradient of all parameters, summed over tasks.
    public let parameters: [Float]

    /// Known gradients; `parts` are those of the heads' parameters for each task, in one row.
    public init(
        outputs: Matrix, features: SparseGradients, parts: SparseGradients, parameters: [Float]
    ) {
        self.outputs = outputs
        self.features = features
        self.parameters = parameters
        var owners = [Int](repeating: 0, count: parameters.count)
        for (columns, start) in zip(parts.columns, parts.starts) {
            for (index, column) in columns.enumerated() where parts.values[start + index] != 0 {
                owners[column] += 1
            }
        }
        shared = parts.restricted { owners[$0] > 1 }
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
        let all = Array(0..<featureCount)
        var featureGradients = SparseGradients(rows: features.rows, columns: tasks.map { _ in all })
        var moved: [[Int]] = []
        var values: [Float] = []
        var total = [Float](repeating: 0, count: parameterCount)
        for (task, columns) in tasks.enumerated() {
            let result = try await gradients(
                features: features, parameters: parameters,
                cotangent: Cotangent(slopes.zeroed(outside: [columns])))
            moved.append(result.parameters.indices.filter { result.parameters[$0] != 0 })
            for index in moved[task] {
                total[index] += result.parameters[index]
                values.append(result.parameters[index])
            }
            featureGradients[task] = result.features
        }
        return HeadTaskGradients(
            outputs: outputs, features: featureGradients,
            parts: SparseGradients(rows: 1, columns: moved, values: values), parameters: total)
    }
}
