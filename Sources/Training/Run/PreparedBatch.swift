import LinearAlgebra

/// A minibatch as a step of the optimiser takes it.
struct PreparedBatch: Sendable {
    /// Standardised features, `[samples x D]`.
    let features: Matrix
    /// The loss at its labels.
    let loss: BatchLoss
}

extension Trainer {
    /// Prepares a minibatch on another thread, while the step before it computes.
    func preparing(_ batch: BatchOrder.Batch) -> Task<PreparedBatch, Never> {
        Task.detached { [self] in
            let source = dataset.sources[batch.source]
            return PreparedBatch(
                features: model.data.standardized(
                    source.features.gathering(rows: batch.samples), source: batch.source),
                loss: loss.batch(labels: source.labels.gathering(rows: batch.samples)))
        }
    }
}
