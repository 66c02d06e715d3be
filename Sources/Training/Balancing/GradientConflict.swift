import Datasets
import LinearAlgebra

/// How far the tasks of a run stand in each other's way: the cosines between their gradients of what they share.
///
/// 1 is one direction, -1 the opposite one, 0 neither; also 0 where a task has no gradient. The gradients are those of the
/// tasks' mean losses over a part of the training split.
public struct GradientConflict: Codable, Sendable, Equatable {
    /// Training samples that the gradients are taken over.
    public var samples: Int
    /// Cosines of each pair of tasks before the first step, `[tasks][tasks]`.
    public var initial: [[Double]]
    /// Cosines of each pair of tasks with the parameters that were chosen, `[tasks][tasks]`.
    public var trained: [[Double]]

    /// Known cosines.
    public init(samples: Int, initial: [[Double]], trained: [[Double]]) {
        self.samples = samples
        self.initial = initial
        self.trained = trained
    }

    /// The share of pairs of different tasks whose cosine is negative.
    public static func conflictingShare(_ cosines: [[Double]]) -> Double {
        let pairs = offDiagonal(cosines)
        return pairs.isEmpty ? 0 : Double(pairs.count { $0 < 0 }) / Double(pairs.count)
    }

    /// The mean cosine of pairs of different tasks.
    public static func mean(_ cosines: [[Double]]) -> Double {
        let pairs = offDiagonal(cosines)
        return pairs.isEmpty ? 0 : pairs.reduce(0, +) / Double(pairs.count)
    }

    private static func offDiagonal(_ cosines: [[Double]]) -> [Double] {
        cosines.indices.flatMap { row in cosines[row][..<row] }
    }
}

extension GradientConflict {
    /// Numbers of tasks that a matrix is made for: more could not be read in a picture.
    private static let taskCounts = 2...64
    /// Samples that are enough for two decimals of a cosine.
    private static let sampleLimit = 128

    /// The conflict between the tasks of a run, initially and with the parameters `trained`; nil for one task or very many.
    init?(_ trainer: Trainer, trained: ModelParameters) async throws {
        guard Self.taskCounts.contains(trainer.dataset.tasks.count) else { return nil }
        let batch = Self.batch(trainer)
        let loss = trainer.loss.batch(labels: batch.labels).weighing(
            trainer.loss.taskWeights.map { _ in 1 })
        func cosines(_ parameters: ModelParameters) async throws -> [[Double]] {
            let gramian = try await trainer.model.taskGradients(
                features: batch.features, loss: loss, parameters: parameters
            ).gramian
            let cosines = gramian.cosines
            return (0..<cosines.order).map { row in
                (0..<cosines.order).map { (cosines[row, $0] * 1e4).rounded() / 1e4 }
            }
        }
        samples = batch.features.rows
        initial = try await cosines(
            trainer.model.initialParameters(seed: trainer.configuration.seed))
        self.trained = try await cosines(trained)
    }

    /// Training samples of all sources, evenly spread over each.
    private static func batch(_ trainer: Trainer) -> (features: Matrix, labels: Matrix) {
        let sources = trainer.dataset.sources
        var (features, labels, rows) = ([Float](), [Float](), 0)
        for (index, source) in sources.enumerated() {
            let samples = source.labelledSamples(of: .train)
            let count = min(samples.count, max(1, sampleLimit / sources.count))
            let chosen = (0..<count).map { samples[$0 * samples.count / count] }
            features +=
                trainer.model.data.standardized(
                    source.features.gathering(rows: chosen), source: index
                ).elements
            labels += source.labels.gathering(rows: chosen).elements
            rows += count
        }
        return (
            Matrix(rows: rows, columns: trainer.model.data.featureCount, elements: features),
            Matrix(rows: rows, columns: trainer.dataset.tasks.count, elements: labels)
        )
    }
}
