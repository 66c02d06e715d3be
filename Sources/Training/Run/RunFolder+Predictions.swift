import Datasets
import Foundation

extension RunFolder {
    /// The predictions of a finished run for the test split, task by task, as `predictions.npz` has them.
    ///
    /// The file has four arrays for each task: `NAME.samples` `[n]`, the rows of the data set; `NAME.labels` `[n]`;
    /// `NAME.predictions` `[n]` or `[n x classes]`, see `TaskPredictions.values`; and `NAME.losses` `[n]`.
    /// - Parameter result: what the run reports; it names the tasks.
    /// - Throws: `TrainingError.unreadableFile` or `.damagedFile`.
    public func predictions(of result: RunResult) throws(TrainingError) -> [TaskPredictions] {
        let path = predictionsURL.relativePath
        let file: NPZFile
        do { file = try NPZFile(contentsOf: predictionsURL) } catch { throw TrainingError(error, path: path) }
        var predictions: [TaskPredictions] = []
        for task in result.tasks {
            func array(_ part: PredictionArray) throws(TrainingError) -> NumericArray {
                let name = part.name(of: task.name)
                guard let array = file.arrays[name] else {
                    throw .damagedFile(path: path, problem: "it has no array '\(name)'")
                }
                return array
            }
            let values = try array(.predictions)
            let kind: TaskKind =
                switch (task.kind, values.shape.count) {
                case ("regression", _): .regression
                case (_, 2): .classes(values.shape[1])
                case (_, _): .binary
                }
            let (samples, labels, losses) = (
                try array(.samples), try array(.labels), try array(.losses)
            )
            guard let metric = Metric(rawValue: task.metric), metric.suits(kind),
                samples.values.count == labels.values.count, losses.values.count == labels.values.count,
                values.values.count == labels.values.count * kind.outputCount
            else {
                throw .damagedFile(path: path, problem: "its arrays of task '\(task.name)' do not fit it")
            }
            predictions.append(
                TaskPredictions(
                    task: LearningTask(name: task.name, kind: kind, metric: metric),
                    samples: samples.values.map { Int($0) }, labels: labels.values, values: values.values,
                    losses: losses.values))
        }
        return predictions
    }

    /// Writes the predictions of the finished run.
    func write(_ predictions: [TaskPredictions]) throws(TrainingError) {
        var file = NPZFile()
        for task in predictions {
            let name = task.task.name
            let width = task.task.kind.outputCount
            func add(_ part: PredictionArray, _ shape: [Int], _ values: [Float]) {
                file.arrays[part.name(of: name)] = NumericArray(shape: shape, values: values)
            }
            let count = task.labels.count
            add(.samples, [count], task.samples.map(Float.init))
            add(.labels, [count], task.labels)
            add(.predictions, width == 1 ? [count] : [count, width], task.values)
            add(.losses, [count], task.losses)
        }
        do {
            try file.write(to: predictionsURL)
        } catch {
            throw TrainingError(error, path: predictionsURL.relativePath)
        }
    }
}

/// The arrays of a task in `predictions.npz`.
private enum PredictionArray: String {
    case samples, labels, predictions, losses

    func name(of task: String) -> String { "\(task).\(rawValue)" }
}
