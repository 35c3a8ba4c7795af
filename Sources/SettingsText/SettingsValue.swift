/// A value to be written as settings: what `SettingsNode` is when it is read, without places.
///
/// Keys and list items keep their order, so the same value gives the same bytes.
public indirect enum SettingsValue: Hashable, Sendable {
    /// A key with its value.
    public struct Entry: Hashable, Sendable {
        /// The key.
        public let key: String
        /// The value.
        public let value: SettingsValue

        /// An entry.
        public init(_ key: String, _ value: SettingsValue) {
            self.key = key
            self.value = value
        }
    }

    /// Keys with their values.
    case mapping([Entry])
    /// Values one after the other.
    case list([SettingsValue])
    /// Any text; quoted where a reader could take it for something else.
    case text(String)
    /// A word, number, day, age or amount of ours, which needs no quotes.
    case word(String)
}

extension SettingsValue {
    /// The value as a YAML document that reads back as the same value.
    public var yaml: String {
        var text = ""
        switch self {
        case .mapping(let entries) where !entries.isEmpty: Self.write(entries, indentation: 0, to: &text)
        default: text = inline + "\n"
        }
        return text
    }

    private static func write(_ entries: [Entry], indentation: Int, to text: inout String) {
        for entry in entries {
            text += String(repeating: "  ", count: indentation) + SettingsValue.text(entry.key).inline + ":"
            entry.value.writeBehindKey(indentation: indentation, to: &text)
        }
    }

    private func writeBehindKey(indentation: Int, to text: inout String) {
        switch self {
        case .mapping(let entries) where !entries.isEmpty:
            text += "\n"
            Self.write(entries, indentation: indentation + 1, to: &text)
        case .list(let items) where items.contains(where: \.isMapping):
            text += "\n"
            for item in items { item.writeAsItem(indentation: indentation + 1, to: &text) }
        default:
            text += " " + inline + "\n"
        }
    }

    private func writeAsItem(indentation: Int, to text: inout String) {
        var item = ""
        if case .mapping(let entries) = self, !entries.isEmpty {
            Self.write(entries, indentation: indentation + 1, to: &item)
        } else {
            item = String(repeating: "  ", count: indentation + 1) + inline + "\n"
        }
        // The dash stands where the last two spaces of the indentation were.
        text += String(repeating: "  ", count: indentation) + "- " + item.dropFirst(2 * (indentation + 1))
    }

    private var isMapping: Bool { if case .mapping = self { true } else { false } }

    /// The value on one line.
    private var inline: String {
        switch self {
        case .mapping(let entries):
            "{" + entries.map { SettingsValue.text($0.key).inline + ": " + $0.value.inline }.joined(separator: ", ")
                + "}"
        case .list(let items): "[" + items.map(\.inline).joined(separator: ", ") + "]"
        case .word(let word): word
        case .text(let text): Self.isPlain(text) ? text : Self.quoted(text)
        }
    }

    /// Words that some reader of YAML takes for no text.
    private static let reserved: Set<String> = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]

    /// Whether a text is one to every reader without quotes: letters, digits and a few signs, a letter first.
    private static func isPlain(_ text: String) -> Bool {
        let signs: Set<UInt8> = [UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: ".")]
        guard let first = text.utf8.first, isLetter(first), !reserved.contains(text.lowercased()) else { return false }
        return text.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || signs.contains($0) }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            // Control characters, and what YAML takes for line ends or no characters at all.
            case _ where scalar.value < 0x20 || (0x7F...0xA0).contains(scalar.value),
                "\u{2028}", "\u{2029}", "\u{FEFF}", "\u{FFFE}", "\u{FFFF}":
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
