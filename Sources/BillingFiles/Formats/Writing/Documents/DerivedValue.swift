/// A value of `write` that follows from columns of ours, for every record anew.
struct DerivedValue: Sendable {
    private enum Form: Sendable {
        /// The word for what a column holds.
        case words([[UInt8]: [UInt8]], otherwise: [UInt8]?)
        /// What the column holds.
        case same
        /// Texts and what columns hold, in turns; nothing where a column is empty.
        case joined([(text: [UInt8], column: Int)], end: [UInt8])
    }

    /// The field that holds it.
    let field: Int
    /// The column of the mapping that it depends on most.
    let column: Int
    private let form: Form

    /// A value of a profile; nil where it does not depend on columns, or on one that there is none of.
    init?(_ filling: FormatWriting.Filling, field: Int, columns: [String], given: [String: String]) {
        self.field = field
        func text(_ text: String) -> [UInt8] {
            guard text.hasPrefix("{"), text.hasSuffix("}") else { return Array(text.utf8) }
            return Array((given[String(text.dropFirst().dropLast())] ?? "").utf8)
        }
        switch filling {
        case .constant, .sameAs, .given: return nil
        case .of(let words):
            guard let column = columns.firstIndex(of: words.column) else { return nil }
            self.column = column
            guard !words.words.isEmpty || words.otherwise != nil else {
                form = .same
                return
            }
            var table: [[UInt8]: [UInt8]] = [:]
            for (word, meaning) in words.words { table[Array(word.utf8)] = text(meaning) }
            form = .words(table, otherwise: words.otherwise.map(text))
        case .joined(let template):
            var parts: [(text: [UInt8], column: Int)] = []
            var rest = template[...]
            while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
                guard let column = columns.firstIndex(of: String(rest[rest.index(after: open)..<close])) else {
                    return nil
                }
                parts.append((Array(rest[..<open].utf8), column))
                rest = rest[rest.index(after: close)...]
            }
            guard let first = parts.first else { return nil }
            column = first.column
            form = .joined(parts, end: Array(rest.utf8))
        }
    }

    /// The value for a record; `value` gives what a column of the mapping holds.
    func value(_ value: (Int) -> [UInt8]) -> [UInt8] {
        switch form {
        case .same: return value(column)
        case .words(let table, let otherwise): return table[value(column)] ?? otherwise ?? []
        case .joined(let parts, let end):
            var bytes: [UInt8] = []
            for part in parts {
                let piece = value(part.column)
                if piece.isEmpty { return [] }
                bytes += part.text + piece
            }
            return bytes + end
        }
    }
}
