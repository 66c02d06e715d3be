import Datasets
import LinearAlgebra

extension Model {
    /// Rows that are taken through the model at once where no gradient is needed.
    private static let chunkSize = 512

    /// The predictions of every task's labelled samples in one split.
    /// - Throws: `TrainingError.noLabels` where a task has none; what the heads throw.
    public func predictions(
        _ dataset: Dataset, split: Split, parameters: ModelParameters
    ) async throws -> [TaskPredictions] {
        var predictions = outputs.map { TaskPredictions(task: $0.task) }
        var firstSample = 0
        for source in dataset.sources {
            defer { firstSample += source.labels.rows }
            let samples = source.labelledSamples(of: split)
            guard let standardizer = standardizerIndex(of: source, sample: samples.first) else { continue }
            for start in stride(from: 0, to: samples.count, by: Self.chunkSize) {
                let chunk = samples[start..<min(start + Self.chunkSize, samples.count)]
                let features = data.standardized(source.features.gathering(rows: chunk), source: standardizer)
                append(
                    try await outputs(features: features, parameters: parameters),
                    samples: chunk.map { firstSample + $0 }, labels: source.labels.gathering(rows: chunk),
                    to: &predictions)
            }
        }
        for prediction in predictions where prediction.labels.isEmpty {
            throw TrainingError.noLabels(task: prediction.task.name, split: split)
        }
        return predictions
    }

    /// Predictions for samples without labels, task by task; see `TaskPredictions.values` for what they are.
    public func predictions(features: Matrix, parameters: ModelParameters) async throws -> [[Float]] {
        var values = [[Float]](repeating: [], count: outputs.count)
        for source in Set(data.sourceOfTask).sorted() {
            for start in stride(from: 0, to: features.rows, by: Self.chunkSize) {
                let rows = start..<min(start + Self.chunkSize, features.rows)
                let results = try await outputs(
                    features: data.standardized(features.slice(rows: rows), source: source),
                    parameters: parameters)
                for (task, output) in outputs.enumerated() where data.sourceOfTask[task] == source {
                    forEachPrediction(of: output, in: results) { _, _, prediction in
                        values[task].append(contentsOf: prediction)
                    }
                }
            }
        }
        return values
    }

    /// The source of the training data whose tasks `sample` has labels for; its statistics standardise the features.
    private func standardizerIndex(of source: DataSource, sample: Int?) -> Int? {
        guard let sample, let task = source.labels.row(sample).firstIndex(where: { !$0.isNaN }) else {
            return nil
        }
        return data.sourceOfTask[task - sample * source.labels.columns]
    }

    private func append(
        _ results: Matrix, samples: [Int], labels: Matrix, to predictions: inout [TaskPredictions]
    ) {
        for (task, output) in outputs.enumerated() {
            var gradient = [Float](repeating: 0, count: output.columns.count)
            forEachPrediction(of: output, in: results) { row, values, prediction in
                let label = labels[row, task]
                if label.isNaN { return }
                let loss = gradient.withUnsafeMutableBufferPointer {
                    output.transform.loss(values, label: output.scaled(label), gradient: $0)
                }
                predictions[task].append(
                    sample: samples[row], label: label, values: prediction, loss: loss)
            }
        }
    }

    /// Calls `body` for every row with a task's outputs and the prediction they stand for, in the user's units.
    private func forEachPrediction(
        of output: TaskOutput, in results: Matrix,
        _ body: (_ row: Int, _ outputs: UnsafeBufferPointer<Float>, UnsafeMutableBufferPointer<Float>) -> Void
    ) {
        let width = output.columns.count
        let rows = results.rows
        withUnsafeTemporaryAllocation(of: Float.self, capacity: width) { prediction in
            prediction.initialize(repeating: 0)
            results.elements.withUnsafeBufferPointer { results in
                for row in 0..<rows {
                    let start = row * heads.outputCount + output.columns.lowerBound
                    let values = UnsafeBufferPointer(rebasing: results[start..<start + width])
                    output.transform.predict(values, into: prediction)
                    if let range = output.labelRange { prediction[0] = range.unscaled(prediction[0]) }
                    body(row, values, prediction)
                }
            }
        }
    }
}
