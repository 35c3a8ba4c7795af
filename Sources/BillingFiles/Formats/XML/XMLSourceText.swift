/// What a path of a profile says: where a value is, and which of several is meant.
enum XMLSourceText: Hashable {
    /// Which of several values counts.
    enum Choice: Hashable, Sendable {
        /// There may be one only.
        case only
        /// The first.
        case first
        /// All, added.
        case sum
    }

    /// The name of the record's element.
    case name
    /// The number of the record in its document, from 1.
    case position
    /// The value at one of some paths.
    case path([String], Choice)
    /// The value of a table with a key that is stated.
    case entry(table: String, key: String)
    /// The value of a table with a key that stands somewhere.
    indirect case lookup(table: String, key: XMLSourceText)

    /// Reads the text of a path.
    init(_ text: String, tables: [XMLTable]) {
        if text == "name()" {
            self = .name
        } else if text == "position()" {
            self = .position
        } else if let inner = Self.inside(text, "first(", ")") {
            self = .path(Self.union(inner), .first)
        } else if let inner = Self.inside(text, "sum(", ")") {
            self = .path(Self.union(inner), .sum)
        } else if let open = text.firstIndex(of: "["), text.hasSuffix("]"),
            tables.contains(where: { $0.name == text[..<open] })
        {
            let name = String(text[..<open])
            let key = String(text[text.index(after: open)...].dropLast())
            if let literal = Self.inside(key, "'", "'") {
                self = .entry(table: name, key: literal)
            } else {
                self = .lookup(table: name, key: XMLSourceText(key, tables: []))
            }
        } else {
            self = .path([text], .only)
        }
    }

    /// The paths between bars.
    private static func union(_ text: String) -> [String] {
        text.split(separator: "|", omittingEmptySubsequences: false).map { part in
            String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
    }

    private static func inside(_ text: String, _ prefix: String, _ suffix: String) -> String? {
        guard text.hasPrefix(prefix), text.hasSuffix(suffix), text.count >= prefix.count + suffix.count else {
            return nil
        }
        return String(text.dropFirst(prefix.count).dropLast(suffix.count))
    }
}
