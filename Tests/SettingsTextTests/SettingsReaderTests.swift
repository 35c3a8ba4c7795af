import BillingValues
import Testing

@testable import SettingsText

/// What the reader takes for a value, and what it says of everything else.
@Suite struct SettingsReaderTests {
    /// The value behind `key` in a text, and the faults.
    private func read<Value>(
        _ text: String, _ take: (inout SettingsReader, SettingsNode) -> Value?
    ) throws -> (value: Value?, faults: [String]) {
        var reader = SettingsReader(file: "f.yaml")
        let root = try SettingsNode.document(Array(text.utf8), file: "f.yaml")
        guard let mapping = reader.mapping(root, keys: ["key"]), let node = reader.require(mapping, "key") else {
            return (nil, reader.faults.map(\.description))
        }
        let value = take(&reader, node)
        return (value, reader.faults.map(\.description))
    }

    @Test func everyKindOfValueIsRead() throws {
        let euro = try #require(Currency(code: "EUR"))
        #expect(try read("key: 30") { $0.integer($1, in: 0...60) }.value == 30)
        #expect(try read("key: 2025-02-28") { $0.date($1) }.value == CivilDate("2025-02-28"))
        #expect(try read("key: P1M") { $0.cycle($1) }.value == BillingCycle("P1M"))
        #expect(try read("key: 9.99") { $0.amount($1, in: euro) }.value?.minorUnits == 999)
        #expect(try read("key: true") { $0.flag($1) }.value == true)
        #expect(try read("key: EUR") { $0.currency($1) }.value == euro)
        #expect(try read("key: b") { $0.choice($1, ["a": 1, "b": 2]) }.value == 2)
        #expect(try read("key: [x, y]") { $0.list($1).count }.value == 2)
    }

    @Test(arguments: ["61", "-1", "030", "+3", "3.0", "3 days", "99999999999999999999", "[3]", "3e1", "\"\""])
    func whatIsNoNumberOfTheRangeIsAFault(text: String) throws {
        let result = try read("key: \(text)") { $0.integer($1, in: 0...60) }
        #expect(result.value == nil)
        #expect(result.faults.count == 1)
        #expect(result.faults.first?.hasPrefix("f.yaml:1:6: key: found ") == true, "\(result.faults)")
    }

    @Test(arguments: ["2025-02-29", "1/2/2025", "2025-2-1", "today"])
    func whatIsNoDayIsAFault(text: String) throws {
        #expect(try read("key: \(text)") { $0.date($1) }.faults.count == 1)
    }

    @Test(arguments: ["9,99", "9.999", "-1.00", "1e2", "EUR 9", "92233720368547758.08"])
    func whatIsNoAmountIsAFault(text: String) throws {
        let euro = try #require(Currency(code: "EUR"))
        #expect(try read("key: \(text)") { $0.amount($1, in: euro) }.faults.count == 1)
    }

    @Test func anUnknownKeyIsAFaultWithTheOneThatWasMeant() throws {
        let faults = try read("kye: 1") { $0.text($1) }.faults
        #expect(
            faults == [
                "f.yaml:1:1: kye: found the key 'kye', expected one of key; did you mean 'key'?",
                "f.yaml:1:1: found no 'key', expected the key 'key'",
            ])
    }

    @Test(
        arguments: [
            ("monthly", "montly"), ("monthly", "monhtly"), ("with-renewal", "with_renewal"), ("due", "deu"),
        ])
    func aMisspeltWordIsRecognised(word: String, misspelt: String) {
        #expect(NearWord.nearest(to: misspelt, in: ["due", "monthly", "with-renewal"]) == word)
    }

    @Test(arguments: ["x", "yearly", "", "anything"]) func aFarWordIsNot(word: String) {
        #expect(NearWord.nearest(to: word, in: ["due", "monthly", "with-renewal"]) == nil)
    }

    @Test func allFaultsAreToldInTheOrderOfTheFile() throws {
        var reader = SettingsReader(file: "f")
        let root = try SettingsNode.document(Array("a: x\nb: y\n".utf8), file: "f")
        let keys = reader.mapping(root, keys: ["a", "b"])
        let mapping = try #require(keys)
        for key in ["b", "a"] {
            let node = try #require(mapping[key])
            _ = reader.integer(node, in: 0...1)
        }
        let refusal = #expect(throws: SettingsRefusal.self) { try reader.result(1) }
        #expect(refusal?.faults.map(\.path) == ["a", "b"])
    }
}
