import QMTL

/// What a model says about samples: the answer of `qmtl predict --json`, and its table.
struct Predictions: Encodable {
    /// One task, sample by sample.
    struct Task: Encodable {
        let name: String
        let kind: String
        /// Predicted classes; nil for regression.
        let classes: [Int]?
        /// The probability of every class, `[samples x classes]`; nil for regression.
        let probabilities: [[Float]]?
        /// Predicted values; nil for classification.
        let values: [Float]?
    }

    let samples: Int
    let tasks: [Task]
    /// Where the table was written; nil where it was not.
    let out: String?

    init(_ predictions: [TaskPrediction], out: String?) {
        samples = predictions.first?.values.rows ?? 0
        self.out = out
        tasks = predictions.map { prediction in
            let rows = (0..<prediction.values.rows).map { Array(prediction.values.row($0)) }
            return switch prediction.task.kind {
            case .binary:
                Task(
                    name: prediction.task.name, kind: "binary", classes: prediction.classes,
                    probabilities: rows.map { [1 - $0[0], $0[0]] }, values: nil)
            case .classes:
                Task(
                    name: prediction.task.name, kind: "classes", classes: prediction.classes,
                    probabilities: rows, values: nil)
            case .regression:
                Task(
                    name: prediction.task.name, kind: "regression", classes: nil, probabilities: nil,
                    values: prediction.values.elements)
            }
        }
    }

    /// A row per sample: its number, then for each task the value, or the class and the probability of each class.
    var csv: String {
        var header = ["sample"]
        for task in tasks {
            header.append(task.name)
            header += (task.probabilities?.first ?? []).indices.map { "\(task.name)[\($0)]" }
        }
        var text = header.map(Self.field).joined(separator: ",") + "\n"
        for sample in 0..<samples {
            var row = ["\(sample)"]
            for task in tasks {
                if let values = task.values { row.append("\(values[sample])") }
                if let classes = task.classes { row.append("\(classes[sample])") }
                if let probabilities = task.probabilities { row += probabilities[sample].map { "\($0)" } }
            }
            text += row.joined(separator: ",") + "\n"
        }
        return text
    }

    private static func field(_ text: String) -> String {
        guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
