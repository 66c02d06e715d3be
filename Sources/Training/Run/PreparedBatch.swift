import LinearAlgebra

/// A minibatch as a step of the optimiser takes it.
struct PreparedBatch: Sendable {
    /// Standardised features, `[samples x D]`.
    let features: Matrix
    /// The loss at its labels.
    let loss: BatchLoss

    /// Each task's mean loss at `parameters`; nil for a task without labels.
    func losses(of model: Model, parameters: ModelParameters) async throws -> [Double?] {
        let outputs = try await model.outputs(features: features, parameters: parameters)
        return means(of: loss.evaluate(outputs, samples: 0..<features.rows).losses)
    }

    /// Each task's mean of its labels' `losses`, `[samples x T]`; nil for a task without labels.
    func means(of losses: Matrix) -> [Double?] {
        zip(BatchLoss.sums(losses), loss.labelCounts).map { $1 > 0 ? $0 / Double($1) : nil }
    }
}

extension Trainer {
    /// A minibatch, ready for a step.
    func prepared(_ batch: BatchOrder.Batch) -> PreparedBatch {
        let source = dataset.sources[batch.source]
        return PreparedBatch(
            features: model.data.standardized(
                source.features.gathering(rows: batch.samples), source: batch.source),
            loss: loss.batch(labels: source.labels.gathering(rows: batch.samples)))
    }

    /// Prepares minibatches on another thread, while the steps before them compute.
    ///
    /// Waking the thread takes as long as a few small steps, so it is given several at once.
    func preparing(_ batches: some Sequence<BatchOrder.Batch> & Sendable) -> Task<[PreparedBatch], Never> {
        Task.detached { [self] in batches.map(prepared) }
    }
}
