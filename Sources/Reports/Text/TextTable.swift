/// A small table in plain text: the first column to the left, the others to the right.
struct TextTable {
    private var rows: [[String]] = []

    /// A table with column headings.
    init(_ headings: [String]) {
        rows = [headings]
    }

    /// Adds a row.
    mutating func add(_ cells: [String]) { rows.append(cells) }

    /// Whether there is nothing but headings.
    var isEmpty: Bool { rows.count < 2 }

    /// The lines, indented by two spaces, the headings made faint.
    func lines(_ style: TextStyle) -> [String] {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in rows.map { $0.count > column ? $0[column].count : 0 }.max() ?? 0 }
        return rows.enumerated().map { index, row in
            let cells = row.enumerated().map { column, cell in
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                return column == 0 ? cell + padding : padding + cell
            }
            let last = cells.lastIndex { $0.contains { $0 != " " } } ?? 0
            let line = "  " + cells[...last].joined(separator: "   ")
            return index == 0 ? style.faint(line) : line
        }
    }
}
