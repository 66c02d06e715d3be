import Foundation
import LinearAlgebra

/// The array files of one data set; each is opened once.
struct ArrayStore {
    /// A matrix that came from a file, and the arrays it was joined from.
    struct Table {
        /// One array as columns of the joined matrix.
        struct Part {
            let path: String
            let array: String?
            let shape: [Int]
            /// `[samples x columns]`.
            let matrix: Matrix
        }

        let parts: [Part]
        /// All parts side by side, `[samples x columns]`.
        let matrix: Matrix

        /// Where a value of the matrix stands in its file.
        func origin(column: Int) -> (part: Part, column: Int) {
            var column = column
            for part in parts {
                if column < part.matrix.columns { return (part, column) }
                column -= part.matrix.columns
            }
            preconditionFailure("the column lies outside the matrix")
        }
    }

    private let folder: URL
    private var files: [String: ArrayFile] = [:]

    init(folder: URL) {
        self.folder = folder
    }

    /// The arrays of `reference` side by side; one with more than two axes keeps its first.
    /// - Throws: `DatasetError.unexpectedShape` where they have no or different numbers of samples.
    mutating func table(_ reference: ArrayReference) throws(DatasetError) -> Table {
        let file = try open(reference.file)
        let path = folder.appendingPathComponent(reference.file).relativePath
        var parts: [Table.Part] = []
        if case .csv(let table) = file {
            let names = reference.array.map { [$0] } ?? reference.arrays ?? reference.columns ?? table.columns
            parts.append(try Self.part(table.array(names), path: path, name: nil, columns: nil))
        } else if let names = reference.array.map({ [$0] }) ?? reference.arrays {
            for name in names {
                parts.append(
                    try Self.part(file.array(name), path: path, name: name, columns: reference.columns))
            }
        } else {
            guard let array = try file.onlyArray() else {
                throw .unnamedArray(path: path, available: file.names)
            }
            parts.append(try Self.part(array, path: path, name: nil, columns: reference.columns))
        }
        return Table(parts: parts, matrix: try Self.join(parts))
    }

    private mutating func open(_ name: String) throws(DatasetError) -> ArrayFile {
        if let file = files[name] { return file }
        let file = try ArrayFile(folder.appendingPathComponent(name))
        files[name] = file
        return file
    }

    private static func part(
        _ array: NumericArray, path: String, name: String?, columns: [String]?
    ) throws(DatasetError) -> Table.Part {
        guard let rows = array.shape.first, rows > 0, !array.values.isEmpty else {
            throw .unexpectedShape(
                path: path, array: name, shape: array.shape, expected: "it must have a row for every sample")
        }
        var matrix = Matrix(rows: rows, columns: array.values.count / rows, elements: array.values)
        if let columns {
            var indices: [Int] = []
            for column in columns {
                guard let index = Int(column), (0..<matrix.columns).contains(index) else {
                    throw .unexpectedShape(
                        path: path, array: name, shape: array.shape,
                        expected: "column '\(column)' was asked for, and columns count from 0")
                }
                indices.append(index)
            }
            matrix = Matrix(
                rows: rows, columns: indices.count,
                elements: (0..<rows).flatMap { row in indices.map { matrix[row, $0] } })
        }
        return Table.Part(path: path, array: name, shape: array.shape, matrix: matrix)
    }

    private static func join(_ parts: [Table.Part]) throws(DatasetError) -> Matrix {
        let rows = parts[0].matrix.rows
        for part in parts where part.matrix.rows != rows {
            throw .unexpectedShape(
                path: part.path, array: part.array, shape: part.shape,
                expected: "the arrays joined with it have \(rows) samples")
        }
        guard parts.count > 1 else { return parts[0].matrix }
        var elements: [Float] = []
        elements.reserveCapacity(parts.reduce(0) { $0 + $1.matrix.elements.count })
        for row in 0..<rows {
            for part in parts { elements.append(contentsOf: part.matrix.row(row)) }
        }
        return Matrix(rows: rows, columns: elements.count / rows, elements: elements)
    }
}
