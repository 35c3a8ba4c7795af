import Reports
import SettingsText

extension SettingsValue {
    /// The value as JSON: whole numbers as numbers, `true` and `false` as they are, everything else as text.
    var json: JSONValue {
        switch self {
        case .mapping(let entries): .object(entries.map { ($0.key, $0.value.json) })
        case .list(let items): .array(items.map(\.json))
        case .text(let text): .string(text)
        case .word("true"): .boolean(true)
        case .word("false"): .boolean(false)
        case .word(let word): Int(word).map { .integer($0) } ?? .string(word)
        }
    }
}
