/// Reads the values of a settings file and gathers all that is wrong with them.
///
/// A method that finds something else than it expects returns nil and adds a fault; the reading goes on, so that one run
/// names every fault. When the reader has faults, nothing that was read may be used.
public struct SettingsReader {
    /// The name of the file for messages.
    public let file: String

    /// What is wrong, in the order in which it was found.
    public private(set) var faults: [SettingsFault] = []

    /// A reader of a file.
    public init(file: String) {
        self.file = file
    }

    /// What was read, if nothing was wrong.
    ///
    /// Mutating, although it changes nothing: so a value that the reader is still to read cannot stand in the call, where
    /// it would be read after the faults were looked at.
    ///
    /// - Throws: All faults. A missing value without a fault is a fault of the file as a whole.
    public mutating func result<Value>(_ value: Value?) throws(SettingsRefusal) -> Value {
        guard faults.isEmpty else { throw SettingsRefusal(faults) }
        guard let value else {
            let start = SettingsPlace(line: 1, column: 1)
            throw SettingsRefusal([
                SettingsFault(file: file, place: start, path: "", found: "nothing of use", expected: "settings")
            ])
        }
        return value
    }

    /// Adds a fault of a value.
    public mutating func fault(_ node: SettingsNode, found: String? = nil, expected: String, remedy: String = "") {
        faults.append(
            SettingsFault(
                file: file, place: node.place, path: node.path, found: found ?? node.words, expected: expected,
                remedy: remedy))
    }

    /// The keys of a value, each of which must be among the known ones; the value nearest to a misspelt one is named.
    public mutating func mapping(_ node: SettingsNode, keys: [String]) -> SettingsMapping? {
        guard let entries = entries(node) else { return nil }
        for entry in entries where !keys.contains(entry.key) {
            let near = NearWord.nearest(to: entry.key, in: keys)
            faults.append(
                SettingsFault(
                    file: file, place: entry.place, path: entry.value.path, found: "the key '\(entry.key)'",
                    expected: "one of " + keys.joined(separator: ", "),
                    remedy: near.map { "did you mean '\($0)'?" } ?? ""))
        }
        return SettingsMapping(node: node, entries: entries)
    }

    /// The entries of a value whose keys are names that the file chooses.
    public mutating func entries(_ node: SettingsNode) -> [SettingsNode.Entry]? {
        guard case .mapping(let entries) = node.content else {
            fault(node, expected: "keys with values")
            return nil
        }
        return entries
    }

    /// The value of a key that must be there.
    public mutating func require(_ mapping: SettingsMapping, _ key: String) -> SettingsNode? {
        if let value = mapping[key] { return value }
        fault(mapping.node, found: "no '\(key)'", expected: "the key '\(key)'")
        return nil
    }

    /// The values of a list.
    public mutating func list(_ node: SettingsNode) -> [SettingsNode] {
        guard case .list(let nodes) = node.content else {
            fault(node, expected: "a list")
            return []
        }
        return nodes
    }
}
