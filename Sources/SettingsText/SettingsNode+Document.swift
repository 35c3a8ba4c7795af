import Yams

extension SettingsNode {
    /// Reads the one document of a settings file, YAML or JSON.
    ///
    /// - Parameters:
    ///   - bytes: The file's bytes, UTF-8; a byte order mark is read over.
    ///   - file: The name of the file for messages.
    ///   - limits: How much the file may hold.
    /// - Throws: A `SettingsRefusal` with one fault: bytes that are no UTF-8 or no YAML, a key that stands twice, several
    ///   documents, or more than the limits allow. An empty file is an empty node.
    public static func document(
        _ bytes: [UInt8], file: String, limits: SettingsLimits = .standard
    ) throws(SettingsRefusal) -> SettingsNode {
        guard bytes.count <= limits.bytes else {
            throw refusal(file, found: "\(bytes.count) bytes", expected: "at most \(limits.bytes) bytes")
        }
        guard var text = String(validating: bytes, as: UTF8.self) else {
            throw refusal(file, found: "bytes that are no UTF-8", expected: "a text in UTF-8")
        }
        if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
        let shape = TextShape(text)
        guard shape.depth <= limits.depth else {
            throw refusal(file, found: "brackets more than \(limits.depth) deep", expected: "fewer levels")
        }
        guard !shape.hasAnchors || shape.aliases <= limits.aliases else {
            throw refusal(
                file, found: "\(shape.aliases) aliases", expected: "at most \(limits.aliases) in a file with anchors",
                remedy: "write the values out")
        }
        guard let root = try composed(text, file: file) else {
            return SettingsNode(place: SettingsPlace(line: 1, column: 1), path: "", content: .empty)
        }
        var conversion = NodeConversion(file: file, limits: limits)
        return try conversion.node(root, path: "", depth: 0)
    }

    private static func composed(_ text: String, file: String) throws(SettingsRefusal) -> Node? {
        do {
            // libyaml reads from the string's own memory. A text of a few bytes has none that stays where it is, so
            // each is made longer by a comment.
            return try compose(yaml: text + "\n#" + String(repeating: " ", count: 32) + "\n")
        } catch let error as YamlError {
            throw SettingsRefusal([fault(error, file: file, lastLine: text.utf8.count { $0 == 0x0A } + 1)])
        } catch {
            throw refusal(file, found: "a text that cannot be read", expected: "YAML")
        }
    }

    private static func fault(_ error: YamlError, file: String, lastLine: Int) -> SettingsFault {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            // What is missing at the end is missing where it was opened; the comment at the end is ours.
            let isBehindTheEnd = mark.line > lastLine
            let place = isBehindTheEnd ? context?.mark.place ?? SettingsPlace(line: lastLine, column: 1) : mark.place
            return SettingsFault(file: file, place: place, path: "", found: problem, expected: "YAML")
        case .duplicatedKeysInMapping(let duplicates, let context):
            let keys = duplicates.map { "'\($0)'" }.joined(separator: ", ")
            return SettingsFault(
                file: file, place: context.mark.place, path: "", found: "\(keys) more than once",
                expected: "each key once")
        case .reader(let problem, _, _, _):
            return refusal(file, found: problem, expected: "YAML").faults[0]
        default:
            return refusal(file, found: "a text that cannot be read", expected: "YAML").faults[0]
        }
    }

    private static func refusal(
        _ file: String, found: String, expected: String, remedy: String = ""
    ) -> SettingsRefusal {
        let start = SettingsPlace(line: 1, column: 1)
        return SettingsRefusal([
            SettingsFault(file: file, place: start, path: "", found: found, expected: expected, remedy: remedy)
        ])
    }
}

extension Mark {
    var place: SettingsPlace { SettingsPlace(line: line, column: column) }
}
