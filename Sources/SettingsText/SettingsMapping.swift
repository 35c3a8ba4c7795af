/// A mapping of a settings file, whose keys were looked through.
public struct SettingsMapping: Sendable {
    /// The value that holds the keys.
    public let node: SettingsNode

    private let values: [String: SettingsNode]

    init(node: SettingsNode, entries: [SettingsNode.Entry]) {
        self.node = node
        values = Dictionary(entries.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    /// The value of a key; nil when the key is absent or has nothing behind it.
    public subscript(key: String) -> SettingsNode? {
        guard let value = values[key] else { return nil }
        if case .empty = value.content { return nil }
        return value
    }
}
