import Foundation
import Reports
import Testing

@Suite("summary.json")
struct SummaryDocumentTests {
    @Test("The document of a small outcome")
    func golden() throws {
        let document = SummaryDocument.make(try SmallOutcome().outcome, masked: false)
        try GoldenText.expect(String(decoding: document.bytes, as: UTF8.self), is: "summary.json")
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(document.bytes)) }
    }

    @Test("Masked, it differs in the long numbers of rejected values alone")
    func masked() throws {
        let outcome = try SmallOutcome().outcome
        let plain = String(decoding: SummaryDocument.make(outcome, masked: false).bytes, as: UTF8.self)
        let masked = String(decoding: SummaryDocument.make(outcome, masked: true).bytes, as: UTF8.self)
        #expect(plain.contains("393331234567"))
        #expect(masked == plain.replacing("393331234567", with: "*********567"))
    }

    @Test("Every member of the document is in its schema, and none is missing")
    func schema() throws {
        let bytes = SummaryDocument.make(try SmallOutcome().outcome, masked: false).bytes
        let document = try JSONSerialization.jsonObject(with: Data(bytes))
        let text = try GoldenText.repositoryFile("schemas/summary.schema.json")
        let schema = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let definitions = try #require(schema["$defs"] as? [String: Any])
        let check = SchemaMembers(definitions: definitions)
        #expect(check.faults(of: document, against: schema, at: "$").isEmpty)
    }

    /// Compares objects with the members that a schema names; values are not looked at.
    private struct SchemaMembers {
        let definitions: [String: Any]

        func faults(of value: Any, against schema: [String: Any], at path: String) -> [String] {
            var schema = schema
            if let reference = schema["$ref"] as? String, let name = reference.split(separator: "/").last,
                let target = definitions[String(name)] as? [String: Any]
            {
                schema = target
            }
            if let object = value as? [String: Any], let properties = schema["properties"] as? [String: [String: Any]] {
                let required = schema["required"] as? [String] ?? []
                let missing = required.filter { object[$0] == nil }.map { "\(path): no \($0)" }
                let optional = Set(properties.keys).subtracting(object.keys)
                let unknown = object.keys.filter { properties[$0] == nil }.map { "\(path): unknown \($0)" }
                return missing + unknown + (optional.isDisjoint(with: required) ? [] : ["\(path): \(optional)"])
                    + object.flatMap { faults(of: $1, against: properties[$0] ?? [:], at: path + "." + $0) }
            }
            if let array = value as? [Any], let items = schema["items"] as? [String: Any] {
                return array.enumerated().flatMap { faults(of: $1, against: items, at: "\(path)[\($0)]") }
            }
            return []
        }
    }
}
