import Testing

@testable import SettingsText

/// Texts of settings files, as the YAML library reads them and as we take them.
@Suite struct SettingsDocumentTests {
    private func document(_ text: String) throws -> SettingsNode {
        try SettingsNode.document(Array(text.utf8), file: "settings.yaml")
    }

    /// The faults of a text that must be refused.
    private func faults(_ text: String, limits: SettingsLimits = .standard) -> [String] {
        do {
            _ = try SettingsNode.document(Array(text.utf8), file: "settings.yaml", limits: limits)
            return []
        } catch {
            return error.faults.map(\.description)
        }
    }

    @Test func placesAndPathsAreThoseOfTheText() throws {
        let root = try document("audit:\n  days: 5\noffers:\n  - name: Easy Pay\n    price: \"9.99\"\n")
        guard case .mapping(let entries) = root.content, case .list(let offers) = entries[1].value.content,
            case .mapping(let offer) = offers[0].content
        else {
            Issue.record("\(root)")
            return
        }
        #expect(entries.map(\.key) == ["audit", "offers"])
        #expect(entries[1].place == SettingsPlace(line: 3, column: 1))
        #expect(offer[1].value.path == "offers[0].price")
        #expect(offer[1].value.place == SettingsPlace(line: 5, column: 12))
    }

    @Test(arguments: ["no", "010", "1e3", "2024-02-30", "0x1F", "12:30:45", "yes", ".5"])
    func textsAreNotTakenForAnythingElse(text: String) throws {
        guard case .mapping(let entries) = try document("key: \(text)").content else {
            Issue.record("not so")
            return
        }
        guard case .text(let value) = entries[0].value.content else {
            Issue.record("\(entries[0].value)")
            return
        }
        #expect(value == text)
    }

    @Test(arguments: ["a:", "a: ~", "a: null"]) func nothingIsEmpty(text: String) throws {
        guard case .mapping(let entries) = try document(text).content else {
            Issue.record("not so")
            return
        }
        guard case .empty = entries[0].value.content else {
            Issue.record("\(entries[0].value)")
            return
        }
    }

    @Test func quotedNullIsAText() throws {
        guard case .mapping(let entries) = try document("a: \"null\"").content else {
            Issue.record("not so")
            return
        }
        guard case .text("null") = entries[0].value.content else {
            Issue.record("\(entries[0].value)")
            return
        }
    }

    @Test(arguments: ["", "# only a comment", "\u{FEFF}"]) func anEmptyFileIsEmpty(text: String) throws {
        guard case .empty = try document(text).content else {
            Issue.record("not so")
            return
        }
    }

    @Test func jsonIsRead() throws {
        let root = try document("{\"fields\": [{\"name\": \"a\\u00e0\\/b\", \"type\": \"string\"}],\n\t\"x\": true}")
        guard case .mapping(let entries) = root.content, case .list(let fields) = entries[0].value.content,
            case .mapping(let field) = fields[0].content, case .text(let name) = field[0].value.content
        else {
            Issue.record("\(root)")
            return
        }
        #expect(name == "aà/b")
    }

    @Test(
        arguments: [
            ("a: 1\nb: [1, 2\n", "settings.yaml:2:4:"), ("a: 1\n\tb: 2\n", "settings.yaml:2:1:"),
            ("a: 1\na: 2\n", "'a' more than once"), ("a: *b\n", "undefined alias"), ("a: 1\n---\nb: 2\n", "document"),
            ("? [a]\n: 1\n", "a key that is no text"), ("a: \"open\n", "settings.yaml:"), ("a: \u{1}\n", "control"),
        ])
    func brokenTextsAreRefusedWithAPlace(text: String, part: String) {
        let faults = faults(text)
        #expect(faults.count == 1)
        #expect(faults.first?.contains(part) == true, "\(faults)")
    }

    @Test func bytesThatAreNoTextAreRefused() {
        #expect(throws: SettingsRefusal.self) { try SettingsNode.document([0x61, 0x3A, 0x20, 0xFF], file: "x") }
    }

    @Test func aliasesOfAliasesAreRefusedBeforeTheyGrow() {
        var text = "a0: &a0 [x, x, x, x]\n"
        for level in 1...30 { text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1), *a\(level - 1)]\n" }
        #expect(faults(text).first?.contains("aliases") == true)
    }

    @Test func fewAliasesStandForTheirValues() throws {
        let root = try document("a: &price 9.99\nb: *price\n")
        guard case .mapping(let entries) = root.content, case .text("9.99") = entries[1].value.content else {
            Issue.record("\(root)")
            return
        }
    }

    @Test(arguments: ["[", "{a: ", "- "]) func deepTextsAreRefused(unit: String) {
        let text = String(repeating: unit, count: 100_000)
        #expect(faults(text).count == 1)
    }

    @Test func tooManyValuesAreRefused() {
        let limits = SettingsLimits(bytes: 1000, values: 10, depth: 4, aliases: 2)
        #expect(faults("[1,2,3,4,5,6,7,8,9,10]", limits: limits).first?.contains("10 values") == true)
        #expect(faults(String(repeating: " ", count: 1001), limits: limits).first?.contains("bytes") == true)
        #expect(faults("a:\n b:\n  c:\n   d:\n    e: 1\n", limits: limits).first?.contains("levels") == true)
    }

    /// A text of up to 15 bytes lives in the string itself, not in memory that stays where it is.
    @Test func shortTextsAreReadRight() throws {
        for count in 1...20 {
            let text = String(repeating: "x", count: count)
            guard case .text(text) = try document(text).content else {
                Issue.record("\(count)")
                return
            }
        }
    }
}
