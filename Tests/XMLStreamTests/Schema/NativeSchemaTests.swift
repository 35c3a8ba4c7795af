import Foundation
import Testing
import XMLStream

@Suite("Schemas of the native files")
struct NativeSchemaTests {
    static let charge = [
        "<charge_id>C1</charge_id>", "<subscription_id>S1</subscription_id>", "<kind>renewal</kind>",
        "<charged_on>2025-01-31</charged_on>", "<period_start></period_start>", "<period_end/>",
        "<amount>9.99</amount>", "<currency>EUR</currency>", "<status>posted</status>",
    ]
    static let subscription = [
        "<subscription_id>S1</subscription_id>", "<msisdn>39333</msisdn>", "<offer>Easy</offer>",
        "<activated_on>2024-02-29</activated_on>", "<ended_on></ended_on>", "<cycle>P1M</cycle>", "<price>9.99</price>",
        "<currency>EUR</currency>", "<payment_method></payment_method>",
    ]
    static let event = [
        "<subscription_id>S1</subscription_id>", "<event>price_changed</event>",
        "<effective_on>2025-01-31</effective_on>", "<until></until>", "<value>7.50</value>",
    ]
    static let usage = [
        "<record_id>U1</record_id>", "<msisdn>39333</msisdn>", "<started_at>2025-01-31T08:15:00+01:00</started_at>",
        "<kind>voice</kind>", "<duration_s>75</duration_s>", "<volume_bytes></volume_bytes>", "<peer>39334</peer>",
        "<amount>0.15</amount>", "<currency>EUR</currency>",
    ]

    private static func verdict(_ root: String, _ records: [[String]]) throws -> XMLVerdict {
        let record = root == "usages" ? "usage" : String(root.dropLast())
        let body = records.map { "  <\(record)>\n" + $0.map { "    \($0)\n" }.joined() + "  </\(record)>\n" }
        let schema = try #require(try XMLSchema.native(root: root))
        return Validation(of: "<\(root)>\n\(body.joined())</\(root)>\n", schema: schema).verdict
    }

    static let all = [("charges", charge), ("subscriptions", subscription), ("events", event), ("usages", usage)]

    @Test("Sound records, none at all, and unknown elements behind the known ones", arguments: all)
    func sound(_ root: String, _ record: [String]) throws {
        #expect(try Self.verdict(root, []) == .accepted)
        #expect(try Self.verdict(root, [record, record, record]) == .accepted)
        let unknown = [
            "<note>x</note>", "<x:y xmlns:x=\"urn:x\" z=\"1\"><b/></x:y>", "<column name=\"Customer name\">A</column>",
            "<note>twice</note>",
        ]
        #expect(try Self.verdict(root, [record + unknown]) == .accepted)
        #expect(try Self.verdict(root, [record + ["<column>no name</column>"]]) == .refused)
    }

    @Test("A known element in front of its place, in a namespace, with an attribute or with a child", arguments: all)
    func misplaced(_ root: String, _ record: [String]) throws {
        #expect(try Self.verdict(root, [record.reversed()]) == .refused)
        #expect(try Self.verdict(root, [Array(record.dropLast())]) == .refused)
        #expect(try Self.verdict(root, [[]]) == .refused)
        let first = record[0]
        for changed in [
            first.replacing(">", with: " xmlns=\"urn:x\">", maxReplacements: 1),
            first.replacing(">", with: " id=\"1\">", maxReplacements: 1),
            first.replacing("</", with: "<b/></", maxReplacements: 1), "<note>x</note>" + first,
        ] {
            #expect(try Self.verdict(root, [[changed] + record.dropFirst()]) == .refused, "\(changed)")
        }
    }

    @Test("Elements that may be missing are those that may be empty, the last one excepted", arguments: all)
    func missing(_ root: String, _ record: [String]) throws {
        for place in record.indices.dropLast() {
            let name = record[place].dropFirst().prefix { $0 != ">" && $0 != "/" }
            var without = record
            without.remove(at: place)
            var empty = record
            empty[place] = "<\(name)/>"
            #expect(try Self.verdict(root, [without]) == Self.verdict(root, [empty]), "\(name)")
        }
    }

    @Test(
        "Values of usage and of events",
        arguments: [
            (
                "usages", 2, "started_at",
                ["2025-01-31T08:15:00", "2025-01-31T08:15:00Z", "2025-01-31T23:59:59.123-05:30"],
                [
                    "", "2025-01-31", "2025-01-31 08:15:00", "2025-01-31T8:15:00", "2025-02-29T08:15:00",
                    "2025-01-31T08:15", "2025-01-31T25:00:00", "12025-01-31T08:15:00", "-2025-01-31T08:15:00",
                ]
            ),
            (
                "usages", 4, "duration_s", ["", "0", "007", "9223372036854775807"],
                ["-1", "+1", "1.0", "1.5", "x", "9223372036854775808"]
            ),
            ("usages", 5, "volume_bytes", ["", "0", "1000000000000"], ["-1", "1e9", "1 000"]),
            ("usages", 7, "amount", ["", "0", "-0.15", "0.1234"], ["0,15", ".15", "+1", "0.12345"]),
            ("usages", 8, "currency", ["", "USD"], ["usd", "EURO"]),
            (
                "events", 1, "event",
                [
                    "suspended", "ended", "ported_out", "price_changed", "offer_changed", "cycle_changed", "free",
                    "discounted", "renumbered",
                ], ["", "Suspended", "resumed"]
            ),
            ("events", 2, "effective_on", ["2024-02-29"], ["", "2023-02-29", "2025-01-31T00:00:00"]),
            ("events", 3, "until", ["", "2024-02-29"], ["2023-02-29", "never"]),
            ("events", 4, "value", ["", "7.50", "P30D", "Easy & more"], []),
        ] as [(String, Int, String, [String], [String])])
    func values(_ root: String, _ place: Int, _ name: String, _ good: [String], _ bad: [String]) throws {
        var record = root == "usages" ? Self.usage : Self.event
        for (value, isGood) in good.map({ ($0, true) }) + bad.map({ ($0, false) }) {
            record[place] = "<\(name)>\(value.replacing("&", with: "&amp;"))</\(name)>"
            #expect(try (Self.verdict(root, [record]) == .accepted) == isGood, "\(value)")
        }
    }

    @Test("Their documents can be validated in parts", arguments: all)
    func split(_ root: String, _ record: [String]) throws {
        let schema = try #require(try XMLSchema.native(root: root))
        let name = root == "usages" ? "usage" : String(root.dropLast())
        #expect(schema.recordElement(ofRoot: XMLName(local: root)) == XMLName(local: name))
        #expect(schema.recordElement(ofRoot: XMLName(local: "column")) == nil)
        #expect(schema.notEnforced.isEmpty)
    }

    @Test("Several threads validate with one schema")
    func shared() async throws {
        let schema = try #require(try XMLSchema.native(root: "charges"))
        let records = String(repeating: "<charge>\(Self.charge.joined())</charge>\n", count: 200)
        let sound = "<charges>\(records)</charges>"
        let unsound = "<charges>\(records)<charge>\(Self.charge.dropFirst().joined())</charge></charges>"
        let verdicts = await withTaskGroup(of: (Int, XMLVerdict).self) { group in
            for task in 0..<40 {
                group.addTask { (task, Validation(of: task % 2 == 0 ? sound : unsound, schema: schema).verdict) }
            }
            return await group.reduce(into: [Int: XMLVerdict]()) { $0[$1.0] = $1.1 }
        }
        #expect(verdicts.count == 40)
        for (task, verdict) in verdicts { #expect(verdict == (task % 2 == 0 ? .accepted : .refused)) }
    }

    @Test("No other element has a native schema")
    func others() throws {
        #expect(try XMLSchema.native(root: "charge") == nil)
        #expect(try XMLSchema.native(root: "usage") == nil)
    }

    @Test("The files are what the program carries")
    func files() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../schemas")
        for (name, text) in [
            ("charges", NativeSchemas.charges), ("subscriptions", NativeSchemas.subscriptions),
            ("events", NativeSchemas.events), ("usage", NativeSchemas.usage),
        ] {
            let file = folder.appending(path: "\(name).xsd")
            #expect(try String(contentsOf: file, encoding: .utf8) == text, "\(name).xsd")
            #expect(throws: Never.self) { try XMLSchema.compiled(naming: [file.path]) }
        }
    }
}
