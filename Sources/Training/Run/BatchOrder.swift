import Datasets
import Randomness

/// The minibatches of every epoch: a function of seed and epoch alone, so that a run can be resumed anywhere.
package struct BatchOrder: Sendable {
    /// Samples of one source that are learnt from together.
    package struct Batch: Equatable, Sendable {
        package let source: Int
        package let samples: [Int]
    }

    /// The training samples of each source that have a label.
    private let samples: [[Int]]
    private let sampling: SourceSampling
    private let batchSize: Int
    private let seed: UInt64

    package init(_ dataset: Dataset, batchSize: Int, seed: UInt64) {
        samples = dataset.sources.map { $0.labelledSamples(of: .train) }
        sampling = dataset.sampling
        self.batchSize = batchSize
        self.seed = seed
    }

    /// The number of minibatches of an epoch: what it takes to see every sample once.
    package var batchCount: Int { samples.reduce(0) { $0 + batches(for: $1.count) } }

    /// The minibatches of `epoch`, each from one source.
    ///
    /// With proportional sampling every sample comes once. With uniform sampling sources get the same number of
    /// minibatches (the first ones one more where they do not divide), and start anew where they run out of samples.
    package func batches(epoch: Int) -> [Batch] {
        var generator = Philox(seed: seed, purpose: .order, index: UInt32(epoch))
        let usable = samples.indices.filter { !samples[$0].isEmpty }
        var batches: [Batch] = []
        for (position, source) in usable.enumerated() {
            switch sampling {
            case .proportional:
                let order = samples[source].shuffled(using: &generator)
                for start in stride(from: 0, to: order.count, by: batchSize) {
                    batches.append(
                        Batch(
                            source: source,
                            samples: Array(order[start..<min(start + batchSize, order.count)])))
                }
            case .uniform:
                let (share, rest) = batchCount.quotientAndRemainder(dividingBy: usable.count)
                var order: [Int] = []
                for _ in 0..<(position < rest ? share + 1 : share) {
                    if order.isEmpty { order = samples[source].shuffled(using: &generator) }
                    batches.append(Batch(source: source, samples: Array(order.prefix(batchSize))))
                    order.removeFirst(min(batchSize, order.count))
                }
            }
        }
        return samples.count > 1 ? batches.shuffled(using: &generator) : batches
    }

    private func batches(for sampleCount: Int) -> Int { (sampleCount + batchSize - 1) / batchSize }
}
