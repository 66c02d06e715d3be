import LinearAlgebra

extension ArrayStore {
    /// Features, `[samples x D]`, all finite.
    mutating func features(_ reference: ArrayReference) throws(DatasetError) -> Matrix {
        let table = try table(reference)
        let index = table.matrix.elements.withUnsafeBufferPointer { values in
            values.indices.first { !values[$0].isFinite }
        }
        if let index {
            let (row, column) = index.quotientAndRemainder(dividingBy: table.matrix.columns)
            let origin = table.origin(column: column)
            throw .nonFiniteFeature(
                path: origin.part.path, array: origin.part.array, row: row, column: origin.column,
                value: table.matrix.elements[index])
        }
        return table.matrix
    }

    /// The labels of `tasks`, `[samples x tasks]`, NaN where `mask` is 0.
    mutating func labels(
        _ reference: ArrayReference, mask: ArrayReference?, tasks: [LearningTask], samples: Int
    ) throws(DatasetError) -> Matrix {
        let table = try table(reference)
        try Self.check(table, rows: samples, columns: tasks.count, of: "task")
        var labels = table.matrix
        if let mask {
            let mask = try self.mask(mask, samples: samples, columns: tasks.count)
            for index in labels.elements.indices where mask.elements[index] == 0 {
                labels.elements[index] = .nan
            }
        }
        for (column, task) in tasks.enumerated() {
            for row in 0..<labels.rows where !task.kind.allows(labels[row, column]) {
                throw .invalidLabel(
                    task: task.name, path: table.origin(column: column).part.path, row: row,
                    value: labels[row, column], allowed: task.kind.allowedLabels)
            }
        }
        return labels
    }

    /// One whole number for each sample, each in `allowed`.
    mutating func assignment(
        _ reference: ArrayReference, samples: Int, allowed: ClosedRange<Int>, meaning: String
    ) throws(DatasetError) -> [Int] {
        let table = try table(reference)
        try Self.check(table, rows: samples, columns: 1, of: "sample")
        var numbers: [Int] = []
        for (row, value) in table.matrix.elements.enumerated() {
            guard let number = Int(exactly: value), allowed.contains(number) else {
                throw .invalidAssignment(
                    path: table.parts[0].path, array: table.parts[0].array, row: row, value: value,
                    allowed: meaning)
            }
            numbers.append(number)
        }
        return numbers
    }

    private mutating func mask(
        _ reference: ArrayReference, samples: Int, columns: Int
    ) throws(DatasetError) -> Matrix {
        let table = try table(reference)
        try Self.check(table, rows: samples, columns: columns, of: "label")
        if let index = table.matrix.elements.firstIndex(where: { $0 != 0 && $0 != 1 }) {
            let (row, column) = index.quotientAndRemainder(dividingBy: columns)
            let part = table.origin(column: column).part
            throw .invalidAssignment(
                path: part.path, array: part.array, row: row, value: table.matrix.elements[index],
                allowed: "1 where there is a label and 0 where there is none")
        }
        return table.matrix
    }

    private static func check(
        _ table: Table, rows: Int, columns: Int, of thing: String
    ) throws(DatasetError) {
        let last = table.parts[table.parts.count - 1]
        guard table.matrix.rows == rows else {
            throw .unexpectedShape(
                path: last.path, array: last.array, shape: last.shape,
                expected: "the features have \(rows) samples")
        }
        guard table.matrix.columns == columns else {
            throw .unexpectedShape(
                path: last.path, array: last.array, shape: last.shape,
                expected: "\(columns) column\(columns == 1 ? " is" : "s are") needed, one for each \(thing), "
                    + "and \(table.matrix.columns) \(table.matrix.columns == 1 ? "is" : "are") given")
        }
    }
}

extension TaskKind {
    /// Whether `label` is one of the task's, or missing.
    func allows(_ label: Float) -> Bool {
        if label.isNaN { return true }
        switch self {
        case .binary: return label == 0 || label == 1
        case .classes(let count): return label >= 0 && label < Float(count) && label == label.rounded()
        case .regression: return label.isFinite
        }
    }

    /// The task's labels in words.
    var allowedLabels: String {
        switch self {
        case .binary: "0 or 1"
        case .classes(let count): "a class from 0 to \(count - 1)"
        case .regression: "a finite number"
        }
    }
}
