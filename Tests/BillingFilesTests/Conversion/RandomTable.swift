import TestSupport

@testable import BillingFiles

/// A native file with random values and random further columns.
struct RandomTable {
    let kind: NativeKind
    let columns: [String]
    let rows: [[String]]

    /// Names of further columns, odd ones among them.
    static let names = [
        "note", "Customer name", "", "column", "é", "1st", "xml", "a:b", "\"q\"", "a,b", "line\nbreak", "a\r\nb", "<&>",
        "tab\t", "name", "日本", "-", " ",
    ]

    private static let pieces = [
        "a", "B7", " ", "  ", ",", "\"", "\"\"", "\n", "\r", "\r\n", "&", "<", ">", "]]>", "&amp;", "<!-- -->", "é",
        "日本",
        "😀", "\u{FFFD}", "\u{F000}", "\t", "'", ";", "2025-01-01", "a longer text of more than sixteen bytes",
    ]

    /// A table of up to `count` rows; with `isLossy` some characters that XML cannot carry.
    init(_ random: inout SplitMix64, count: Int, isLossy: Bool = false) {
        kind = random.pick(NativeKind.allCases)
        var columns = kind.columns + kind.optionalColumns.filter { _ in random.once(in: 2) }
        for name in Self.names where random.once(in: 4) { columns.append(name) }
        columns.shuffle(using: &random)
        self.columns = columns
        // Most files are plain; what is special comes in few records.
        let rarity = random.pick([1, 3, 40, 100_000])
        rows = (0..<random.below(count + 1)).map { _ in
            columns.map { _ in
                guard random.once(in: rarity) else { return random.pick(["", "x", "2025-01-01", "9.99", "renewal"]) }
                let pieces = Self.pieces + (isLossy ? ["\u{1}", "\u{1F}", "\u{FFFE}", "\u{FFFF}"] : [])
                return (0..<random.below(5)).map { _ in random.pick(pieces) }.joined()
            }
        }
    }

    /// The table as CSV, with quotes that are not needed here and there.
    func csv(_ random: inout SplitMix64, lineEnd: String = "\n") -> String {
        ([columns] + rows).map { row in
            row.map { field in
                Self.needsQuotes(field) || random.once(in: 7) ? "\"\(field.replacing("\"", with: "\"\""))\"" : field
            }.joined(separator: ",") + lineEnd
        }.joined()
    }

    /// The table as canonical CSV, written in the plainest way.
    var canonicalCSV: String {
        ([order] + rows.map(ordered)).map { row in
            row.map { Self.needsQuotes($0) ? "\"\($0.replacing("\"", with: "\"\""))\"" : $0 }.joined(separator: ",")
                + "\n"
        }.joined()
    }

    /// The table as canonical XML, written in the plainest way.
    var canonicalXML: String {
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<\(kind.rootElement)>\n"
        for row in rows {
            text += "  <\(kind.recordElement)>\n"
            for (column, value) in zip(order, ordered(row)) {
                let isName = ["note", "é", "name", "日本"].contains(column) || isKnown(column)
                let start = isName ? column : "column name=\"\(Self.attribute(column))\""
                text += "    <\(start)>\(Self.escaped(value))</\(isName ? column : "column")>\n"
            }
            text += "  </\(kind.recordElement)>\n"
        }
        return text + "</\(kind.rootElement)>\n"
    }

    /// How many values of each column hold something that XML cannot carry.
    var losses: [String: Int] {
        var losses: [String: Int] = [:]
        for row in rows {
            for (column, value) in zip(columns, row) where value.unicodeScalars.contains(where: Self.isForbidden) {
                losses[column, default: 0] += 1
            }
        }
        return losses
    }

    private var order: [String] {
        (kind.columns + kind.optionalColumns).filter(columns.contains) + columns.filter { !isKnown($0) }
    }

    private func ordered(_ row: [String]) -> [String] {
        order.map { name in columns.firstIndex(of: name).map { row[$0] } ?? "" }
    }

    private func isKnown(_ column: String) -> Bool { (kind.columns + kind.optionalColumns).contains(column) }

    private static func needsQuotes(_ field: String) -> Bool {
        field.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
    }

    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 9, 10, 13: false
        case ..<0x20, 0xFFFE, 0xFFFF: true
        default: false
        }
    }

    private static func escaped(_ value: String) -> String {
        var text = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\r": text += "&#13;"
            case _ where isForbidden(scalar): text += "\u{FFFD}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    private static func attribute(_ value: String) -> String {
        escaped(value).replacing("\"", with: "&quot;").replacing("\n", with: "&#10;").replacing("\t", with: "&#9;")
    }
}
