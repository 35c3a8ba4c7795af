import SettingsText

/// The keys `documents` and `parts` of the section `write`: templates of documents, and what several of them share.
enum DocumentsSection {
    private static let opening = "{part "

    /// The templates, with the parts put in that they name.
    static func documents(
        _ documents: SettingsNode, parts: SettingsNode?, _ reader: inout SettingsReader
    ) -> [String] {
        let entries = parts.flatMap { reader.entries($0) } ?? []
        var texts: [String: String] = [:]
        for entry in entries {
            guard let text = reader.text(entry.value) else { continue }
            if text.contains(opening) {
                reader.fault(entry.value, found: "a part in a part", expected: "elements and holes")
            }
            texts[entry.key] = text
        }
        var used: Set<String> = []
        let filled = XMLSection.texts(documents, &reader).map { template in
            var result = ""
            var rest = template[...]
            while let start = rest.firstRange(of: opening), let end = rest[start.upperBound...].firstIndex(of: "}") {
                let name = String(rest[start.upperBound..<end])
                if texts[name] == nil {
                    reader.fault(documents, found: "{part \(name)}", expected: "a part that 'parts' has")
                }
                used.insert(name)
                result += rest[..<start.lowerBound] + (texts[name] ?? "")
                rest = rest[rest.index(after: end)...]
            }
            return result + rest
        }
        for entry in entries where !used.contains(entry.key) {
            reader.fault(
                entry.value, found: "the part '\(entry.key)', which no document names", expected: "no such part")
        }
        return filled
    }
}
