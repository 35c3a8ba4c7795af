import Foundation
import Testing

/// `summary.json`: what machines rely on.
@Suite struct SummaryTests {
    private let scratch: TemporaryDirectory
    private let document: [String: Any]

    init() throws {
        scratch = try Sample.audited.get()
        let json = try JSONSerialization.jsonObject(with: Data(scratch.bytes(of: "out/summary.json")))
        document = try #require(json as? [String: Any])
    }

    @Test func theCountsAreThoseOfTheDiscrepancies() throws {
        let rules = try #require(document["rules"] as? [[String: Any]])
        var counts: [String: Int] = [:]
        for rule in rules { counts[try #require(rule["rule"] as? String)] = rule["findings"] as? Int }
        var expected: [String: Int] = [:]
        for row in CSVTable(try scratch.bytes(of: "out/discrepancies.csv")).rows {
            expected[row["rule"] ?? "", default: 0] += 1
        }
        #expect(counts == expected)
        let renewals = try #require(document["renewals"] as? [String: Any])
        #expect(renewals["uncharged"] as? Int == expected["uncharged-renewal"])
    }

    @Test func thePartsAreThere() throws {
        #expect(document["format"] as? Int == 1)
        let window = try #require(document["window"] as? [String: Any])
        #expect(window["from"] as? String == Sample.from)
        #expect(window["to"] as? String == Sample.to)
        let inputs = try #require(document["inputs"] as? [[String: Any]])
        #expect(inputs.map { $0["records"] as? Int } == [320, 2763])
        #expect(inputs.map { $0["rejected"] as? Int } == [0, 1])
        let recovery = try #require(document["recovery"] as? [String: Any])
        let planned = CSVTable(try scratch.bytes(of: "out/recovery-plan.csv")).rows.count
        #expect(recovery["instalments"] as? Int == planned)
    }

    @Test func everyChargeIsInOnePlace() throws {
        let conservation = try #require(document["conservation"] as? [String: Any])
        let places = try #require(conservation["places"] as? [String: [[String: Any]]])
        let read = try #require(conservation["charges_read"] as? [[String: Any]])
        func records(_ sums: [[String: Any]]) -> Int { sums.compactMap { $0["records"] as? Int }.reduce(0, +) }
        #expect(records(read) == 2763)
        #expect(places.values.map(records).reduce(0, +) == 2763)
    }

    static let schema = "\(Command.package)/schemas/summary.schema.json"
    static let canValidate: Bool =
        FileManager.default.fileExists(atPath: schema)
        && (try? Command(program: "python3", arguments: ["-c", "import jsonschema"]).run())?.code == 0

    @Test(.enabled(if: canValidate, "no schemas/summary.schema.json, or no jsonschema for python3"))
    func theSchemaHolds() throws {
        let script = """
            import json, jsonschema, sys
            jsonschema.validate(json.load(open(sys.argv[1])), json.load(open(sys.argv[2])))
            """
        let outcome = try Command(
            program: "python3", arguments: ["-c", script, scratch.path("out/summary.json"), Self.schema]
        ).run()
        #expect(outcome.code == 0, "\(outcome.report)")
    }
}
