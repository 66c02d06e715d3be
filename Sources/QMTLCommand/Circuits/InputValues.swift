import Foundation
import QMTL

/// Values of a circuit's inputs from a file: for each name one number, or a number for each row.
struct InputValues {
    private let path: String
    private let values: [String: [Double]]
    private let rowCount: Int

    /// The values in a `.json` or `.npz` file.
    /// - Throws: `DatasetError`, `CommandError.invalidBinding`.
    init(contentsOf url: URL) throws {
        path = url.relativePath
        var values: [String: [Double]] = [:]
        var rowCounts: [String: Int] = [:]
        switch url.pathExtension.lowercased() {
        case "npz":
            for (name, array) in try NPZFile(contentsOf: url).arrays {
                guard array.shape.count <= 1 else {
                    throw CommandError.invalidBinding(
                        file: path,
                        problem: "array '\(name)' has shape \(array.shape), but must be one number per row")
                }
                values[name] = array.values.map(Double.init)
                if array.shape.count == 1 { rowCounts[name] = array.values.count }
            }
        case "json":
            for (name, entry) in try Self.object(url) {
                if let number = entry as? Double {
                    values[name] = [number]
                } else if let row = entry as? [Double] {
                    values[name] = row
                    rowCounts[name] = row.count
                } else {
                    throw CommandError.invalidBinding(
                        file: path, problem: "'\(name)' must be a number or an array of numbers")
                }
            }
        case _:
            throw CommandError.invalidBinding(file: path, problem: "the ending must be .json or .npz")
        }
        self.values = values
        guard Set(rowCounts.values).count <= 1 else {
            let counts = rowCounts.sorted { $0.key < $1.key }.map { "'\($0.key)' has \($0.value)" }
            throw CommandError.invalidBinding(
                file: path,
                problem: "arrays must have one value for each row, but " + counts.joined(separator: ", "))
        }
        rowCount = rowCounts.values.first ?? 1
        for (name, list) in values {
            if let row = list.firstIndex(where: { !$0.isFinite }) {
                throw CommandError.invalidBinding(
                    file: path, problem: "'\(name)' is not a finite number in row \(row) (counting from 0)")
            }
        }
    }

    /// One row of values for each row of the file, in the order of `inputs`.
    /// - Throws: `OpenQASMError.inputMismatch`.
    func rows(for inputs: [String]) throws(OpenQASMError) -> [[Double]] {
        let missing = inputs.filter { values[$0] == nil }
        let unknown = values.keys.filter { !inputs.contains($0) }.sorted()
        guard missing.isEmpty, unknown.isEmpty else {
            throw .inputMismatch(missing: missing, unknown: unknown)
        }
        return (0..<rowCount).map { row in
            inputs.map { name in
                let list = values[name]!
                return list.count == 1 ? list[0] : list[row]
            }
        }
    }

    private static func object(_ url: URL) throws -> [String: Any] {
        let data: Data
        do {
            data = try Data(contentsOf: url)
        } catch {
            throw CommandError.invalidBinding(file: url.relativePath, problem: "the file cannot be read")
        }
        guard let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
            throw CommandError.invalidBinding(
                file: url.relativePath, problem: "the file is not a JSON object of input values")
        }
        return object
    }
}
