import Rainbow

/// A table for a terminal: aligned columns under a rule, no box.
public struct TextTable: Sendable, Equatable {
    /// How a column's cells line up.
    public enum Alignment: Sendable {
        /// Text.
        case left
        /// Numbers.
        case right
    }

    /// One column.
    public struct Column: Sendable, Equatable {
        /// The heading.
        public var title: String
        /// How its cells line up.
        public var alignment: Alignment

        /// A column.
        public init(_ title: String, _ alignment: Alignment) {
            self.title = title
            self.alignment = alignment
        }
    }

    /// The columns.
    public var columns: [Column]
    /// The rows, each with one cell per column.
    public private(set) var rows: [[String]] = []
    private var emphasis: [Set<Int>] = []

    /// A table without rows.
    public init(_ columns: [Column]) { self.columns = columns }

    /// Appends a row; the cells at `emphasized` are printed bold where the terminal can.
    public mutating func append(_ cells: [String], emphasized: Set<Int> = []) {
        precondition(cells.count == columns.count, "a row has one cell per column")
        rows.append(cells)
        emphasis.append(emphasized)
    }

    /// The table as lines of text.
    ///
    /// With `styled`, the heading and emphasised cells carry terminal codes, provided that standard output is a terminal
    /// and `NO_COLOR` is not set; without it the text is plain.
    public func text(styled: Bool = true) -> String {
        let widths = columns.indices.map { column in
            rows.reduce(columns[column].title.count) { max($0, $1[column].count) }
        }
        func line(_ cells: [String], _ style: (Int, String) -> String) -> String {
            var line = ""
            for (column, cell) in cells.enumerated() {
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                let isLast = column == cells.count - 1
                if column > 0 { line += "  " }
                switch columns[column].alignment {
                case .left: line += style(column, cell) + (isLast ? "" : padding)
                case .right: line += padding + style(column, cell)
                }
            }
            return line
        }
        var lines = [line(columns.map(\.title)) { styled ? $1.bold : $1 }]
        lines.append(widths.map { String(repeating: "─", count: $0) }.joined(separator: "  "))
        for (row, marked) in zip(rows, emphasis) {
            lines.append(line(row) { styled && marked.contains($0) ? $1.green.bold : $1 })
        }
        return lines.joined(separator: "\n")
    }
}
