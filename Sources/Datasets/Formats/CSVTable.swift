import Foundation
import SwiftCSV

/// A table of numbers with a header row; cells are separated by commas, semicolons or tabs.
///
/// An empty cell is NaN: a label that is missing.
struct CSVTable {
    let path: String
    /// The names in the header row.
    let columns: [String]
    private let rows: [[String]]

    init(bytes: [UInt8], path: String) throws(DatasetError) {
        func malformed(_ problem: String) -> DatasetError { .malformedFile(path: path, problem: problem) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw malformed("the text is not UTF-8")
        }
        let rows: [[String]]
        do {
            rows = try Self.rows(of: text)
        } catch {
            throw malformed("the quotes of the table do not match (\(error))")
        }
        guard let header = rows.first else { throw malformed("the table is empty") }
        for (index, row) in rows.enumerated() where row.count != header.count {
            throw malformed(
                "line \(index + 1) has \(row.count) cells, but the header row has \(header.count)")
        }
        self.path = path
        columns = header.map { $0.trimmingCharacters(in: .whitespaces) }
        self.rows = Array(rows.dropFirst())
    }

    /// The named columns side by side, `[rows x names]`.
    func array(_ names: [String]) throws(DatasetError) -> NumericArray {
        var indices: [Int] = []
        for name in names {
            guard let index = columns.firstIndex(of: name) else {
                throw .missingArray(path: path, array: name, available: columns)
            }
            indices.append(index)
        }
        var values: [Float] = []
        values.reserveCapacity(rows.count * indices.count)
        for (row, cells) in rows.enumerated() {
            for index in indices {
                let text = cells[index].trimmingCharacters(in: .whitespaces)
                guard let value = text.isEmpty ? Float.nan : Float(text) else {
                    // Lines count from 1, and the first is the header.
                    throw .notANumber(path: path, line: row + 2, column: columns[index], text: text)
                }
                values.append(value)
            }
        }
        return NumericArray(shape: [rows.count, indices.count], values: values)
    }

    /// All rows, the header first, without lines that hold nothing.
    private static func rows(of text: String) throws -> [[String]] {
        // The parser drops an empty last cell unless its line ends.
        let text = text.hasSuffix("\n") || text.hasSuffix("\r\n") ? text : text + "\n"
        let table = try EnumeratedCSV(
            string: text, delimiter: .guessed(string: text), loadColumns: false, rowLimit: 0)
        var rows: [[String]] = []
        try table.enumerateAsArray(startAt: 0, rowLimit: nil) { rows.append($0) }
        while rows.last == [""] { rows.removeLast() }
        return rows
    }
}
