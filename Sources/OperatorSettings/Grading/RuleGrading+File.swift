import BillingFiles
import BillingValues
public import SettingsText

extension RuleGrading {
    /// Reads a rules file, YAML or JSON.
    ///
    /// - Throws: A `SettingsRefusal` with everything that is wrong in it.
    public init(_ bytes: [UInt8], file: String) throws(SettingsRefusal) {
        let document = try SettingsNode.document(bytes, file: file)
        var reader = SettingsReader(file: file)
        let grading = Self.grading(document, file, bytes, &reader)
        self = try reader.result(grading)
    }

    private static func grading(
        _ document: SettingsNode, _ file: String, _ bytes: [UInt8], _ reader: inout SettingsReader
    ) -> RuleGrading? {
        guard let root = reader.mapping(document, keys: ["rules"]), let rules = reader.require(root, "rules"),
            let entries = reader.entries(rules)
        else { return nil }
        var severities: [InputRule: FindingSeverity] = [:]
        var waivers: [InputRule: Waiver] = [:]
        for entry in entries {
            guard let rule = rule(entry, &reader) else { continue }
            guard let terms = reader.mapping(entry.value, keys: ["severity", "waived_until", "reason"]) else {
                continue
            }
            if let node = terms["severity"] {
                severities[rule] = reader.choice(node, ["error": .error, "warning": .warning])
            }
            if let node = terms["waived_until"], let lastDay = reader.date(node),
                let reason = reader.require(terms, "reason").flatMap({ reader.text($0) })
            {
                waivers[rule] = Waiver(
                    lastDay: lastDay, reason: reason, place: entry.place,
                    byteOffset: byteOffset(of: entry.place, in: bytes))
            }
            if terms["severity"] == nil, terms["waived_until"] == nil {
                reader.fault(entry.value, found: "neither", expected: "severity or waived_until")
            }
        }
        return RuleGrading(file: file, severities: severities, waivers: waivers)
    }

    /// The byte at a place of a text in UTF-8, whose columns count Unicode scalars.
    private static func byteOffset(of place: SettingsPlace, in bytes: [UInt8]) -> Int {
        var line = 1
        var offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while line < place.line, offset < bytes.count {
            if bytes[offset] == UInt8(ascii: "\n") { line += 1 }
            offset += 1
        }
        var column = 1
        while column < place.column, offset < bytes.count {
            offset += 1
            while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
            column += 1
        }
        return offset
    }

    /// The rule that a key names, if it may be graded.
    private static func rule(_ entry: SettingsNode.Entry, _ reader: inout SettingsReader) -> InputRule? {
        guard let rule = InputRule.allCases.first(where: { $0.identifier == entry.key }) else {
            let near = NearWord.nearest(to: entry.key, in: InputRule.allCases.map(\.identifier))
            reader.fault(
                entry.value, found: "the rule '\(entry.key)'", expected: "a rule of `rinnovo rules list`",
                remedy: near.map { "did you mean '\($0)'?" } ?? "")
            return nil
        }
        guard !rule.breaksTrust else {
            reader.fault(
                entry.value, found: "the rule '\(entry.key)'", expected: "a rule that can be graded",
                remedy: "a file that breaks it may have lost rows, so it always counts")
            return nil
        }
        return rule
    }
}
