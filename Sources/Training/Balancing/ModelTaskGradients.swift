import Execution
import LinearAlgebra

/// What a minibatch gives, task by task: each task's gradients of what tasks share.
///
/// Shared are the trunk and those parameters of the heads that more than one task moves.
package struct ModelTaskGradients: Sendable {
    /// The loss of each label, `[samples x T]`; 0 where there is none.
    package let losses: Matrix
    /// The heads' gradients, each task's of its own mean loss.
    package let heads: HeadTaskGradients
    private let trunk: Trunk
    /// The minibatch, `[samples x D]`.
    private let features: Matrix
    /// What the trunk makes of it, `[samples x d]`.
    private let representation: Matrix

    init(
        losses: Matrix, heads: HeadTaskGradients, trunk: Trunk, features: Matrix, representation: Matrix
    ) {
        self.losses = losses
        self.heads = heads
        self.trunk = trunk
        self.features = features
        self.representation = representation
    }

    /// The inner products of the tasks' gradients of all that they share, `[T x T]`.
    package var gramian: SymmetricMatrix {
        var gramian = SymmetricMatrix(order: heads.features.columns.count)
        var kernel = Matrix.product(features, .plain, features, .transposed)
        for index in kernel.elements.indices { kernel.elements[index] += 1 }
        gramian.addProducts(of: throughTanh(heads.features), kernel: kernel)
        gramian.addProducts(of: heads.shared, kernel: Matrix(rows: 1, columns: 1, repeating: 1))
        return gramian
    }

    /// The gradient in which what tasks share follows their `weights` and what belongs to one task the mean loss.
    package func combined(_ weights: [Double]) -> ModelParameters {
        let share = 1 / Float(weights.count)
        var head = Matrix(
            rows: 1, columns: heads.parameters.count, elements: heads.parameters.map { share * $0 })
        for columns in heads.shared.columns {
            for column in columns { head[0, column] = 0 }
        }
        var cotangent = Matrix(rows: features.rows, columns: trunk.width)
        for (task, weight) in weights.enumerated() {
            heads.features.add(task, times: Float(weight), to: &cotangent)
            heads.shared.add(task, times: Float(weight), to: &head)
        }
        return ModelParameters(
            trunk: trunk.gradient(
                features: features, representation: representation, cotangent: cotangent),
            heads: head.elements)
    }

    /// The gradients of the trunk's sums from those of their hyperbolic tangents.
    private func throughTanh(_ gradients: SparseGradients) -> SparseGradients {
        var result = gradients
        let slopes = representation.map { 1 - $0 * $0 }
        result.values.withUnsafeMutableBufferPointer { values in
            slopes.elements.withUnsafeBufferPointer { slopes in
                for (columns, start) in zip(gradients.columns, gradients.starts) {
                    for row in 0..<gradients.rows {
                        let (first, from) = (start + row * columns.count, row * representation.columns)
                        for (index, column) in columns.enumerated() {
                            values[first + index] *= slopes[from + column]
                        }
                    }
                }
            }
        }
        return result
    }
}

extension Model {
    /// Each task's gradients for a minibatch with standardised `features` `[samples x D]`; `loss` weighs every task 1.
    package func taskGradients(
        features: Matrix, loss: BatchLoss, parameters: ModelParameters
    ) async throws -> ModelTaskGradients {
        let representation = trunk.representation(of: features, parameters: parameters.trunk)
        let losses = RowCollector(rows: features.rows, columns: outputs.count)
        let heads = try await heads.taskGradients(
            features: representation, parameters: parameters.heads, tasks: outputs.map(\.columns),
            cotangent: Cotangent { outputs, samples in
                let part = loss.evaluate(outputs, samples: samples)
                losses.store(part.losses, at: samples)
                return part.cotangent
            })
        return ModelTaskGradients(
            losses: losses.matrix, heads: heads, trunk: trunk, features: features,
            representation: representation)
    }
}
