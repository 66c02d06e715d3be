/// A table of a report page; it scrolls inside its box where it is wider than the page.
struct HTMLTable {
    /// One cell.
    struct Cell {
        let text: String
        /// Small print under the text.
        var detail: String?
        var isBest = false
    }

    /// The headings; those in `textColumns` are aligned left.
    let columns: [String]
    let textColumns: Set<Int>
    /// Whether the table is only as wide as its content.
    let isNarrow: Bool
    private(set) var rows: [(cells: [Cell], isTotal: Bool)] = []

    init(columns: [String], textColumns: Set<Int> = [0], isNarrow: Bool = false) {
        self.columns = columns
        self.isNarrow = isNarrow
        self.textColumns = textColumns
    }

    mutating func append(_ cells: [Cell], isTotal: Bool = false) {
        precondition(cells.count == columns.count, "a row has one cell per column")
        rows.append((cells, isTotal))
    }

    var markup: Markup {
        let heading = columns.enumerated().map { index, title in
            Markup(
                "th", ["scope": "col", "class": textColumns.contains(index) ? "text" : "number"], text: title)
        }
        let body = rows.map { row in
            Markup(
                "tr", ["class": row.isTotal ? "total" : "row"],
                row.cells.enumerated().map { index, cell in
                    index == 0
                        ? Markup("th", ["scope": "row", "class": "text"], text: cell.text)
                        : Markup(
                            "td",
                            [
                                "class": (textColumns.contains(index) ? "text" : "number")
                                    + (cell.isBest ? " best" : "")
                            ],
                            [.text(cell.text)]
                                + (cell.detail.map { [Markup("small", [:], text: $0)] } ?? []))
                })
        }
        // The box can be reached by keyboard, so that it can be scrolled without a pointer.
        return Markup(
            "div", ["class": "scroll", "tabindex": "0"],
            [
                Markup(
                    "table", ["class": isNarrow ? "narrow" : "wide"],
                    [Markup("thead", [:], [Markup("tr", [:], heading)]), Markup("tbody", [:], body)])
            ])
    }
}

extension HTMLTable.Cell: ExpressibleByStringLiteral {
    init(stringLiteral text: String) { self.init(text: text) }
}
