import BillingFiles
import BillingValues
import DelimitedText
import Foundation
import TestSupport
import Testing

@testable import FileValidation

/// The same records as CSV and as XML have the same findings.
@Suite("Rules about records hold for CSV and XML alike") struct RecordRulesAgreeTests {
    /// A finding without its place in the file.
    private struct Told: Hashable, Comparable, CustomStringConvertible {
        let record: Int
        let rule: String
        let field: String
        let found: String

        var description: String { "\(record) \(rule) \(field) \(found)" }

        static func < (left: Told, right: Told) -> Bool { left.description < right.description }

        init(_ finding: InputFinding) {
            record = finding.place.record
            rule = finding.rule.identifier
            field = finding.place.field ?? "-"
            found = finding.found
        }
    }

    private static let today = CivilDate("2025-06-30")

    private static func value(_ column: String, _ random: inout SplitMix64) -> String {
        func day() -> String { "2025-0\(1 + random.below(9))-\(10 + random.below(19))" }
        if random.below(25) == 0 { return random.pick(["", "x", "<&>", "\"", "2025-02-30", "9,99", " ", "é€"]) }
        switch column {
        case "charge_id", "record_id": return "C\(random.below(40))"
        case "subscription_id": return "S\(random.below(12))"
        case "kind": return random.pick(["renewal", "refund", "credit", "adjustment", "recovery"])
        case "charged_on", "period_start", "period_end", "activated_on", "effective_on": return day()
        case "ended_on", "until": return random.below(2) == 0 ? "" : day()
        case "amount", "price": return random.pick(["9.99", "-9.99", "0", "0.00", "9.999", "99999999999999999999"])
        case "currency": return random.pick(["EUR", "EUR", "JPY", "XYZ"])
        case "status": return random.pick(["posted", "pending", "failed", "reversed"])
        case "cycle": return random.pick(["P30D", "P1M", "P1Y", "P1W", "P0D"])
        case "event":
            return random.pick(["suspended", "price_changed", "cycle_changed", "renumbered", "discounted", "ended"])
        case "value": return random.pick(["", "9.99", "-1", "P1M", "S99", "1.23456"])
        case "started_at": return day() + random.pick(["T12:00:00", "T12:00:00Z", "T25:00:00", " 12:00"])
        case "duration_s", "volume_bytes": return random.pick(["1", "", "-1", "99999999999999999999"])
        default: return random.pick(["A", "b c", "393331234567"])
        }
    }

    private static func rows(_ kind: NativeKind, _ count: Int, _ random: inout SplitMix64) -> [[String]] {
        (0..<count).map { _ in kind.columns.map { value($0, &random) } }
    }

    private static func csv(_ kind: NativeKind, _ rows: [[String]]) -> [UInt8] {
        var bytes: [UInt8] = []
        for row in [kind.columns] + rows { FieldWriter().appendRecord(row, to: &bytes) }
        return bytes
    }

    private static func xml(_ kind: NativeKind, _ rows: [[String]], isPlain: Bool) -> [UInt8] {
        func escaped(_ text: String) -> String {
            text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        }
        var text = "<\(kind.rootElement)>\n"
        for row in rows {
            text += isPlain ? " <\(kind.recordElement)>" : " <!-- one -->\n<\(kind.recordElement)>"
            for (name, value) in zip(kind.columns, row) { text += "<\(name)>\(escaped(value))</\(name)>\n" }
            text += "</\(kind.recordElement)>\n"
        }
        return Array((text + "</\(kind.rootElement)>\n").utf8)
    }

    private static func write(_ bytes: [UInt8]) throws -> String {
        let path = FileManager.default.temporaryDirectory.appending(path: "records-\(UUID().uuidString)").path
        try Data(bytes).write(to: URL(filePath: path))
        return path
    }

    private static func lines(_ rows: [[String]]) throws -> KnownLines {
        let path = try write(csv(.subscriptions, rows))
        defer { try? FileManager.default.removeItem(atPath: path) }
        var lines = KnownLines()
        try lines.add(InputSource(path: path), threads: 1)
        lines.finish()
        return lines
    }

    private static func document(
        _ bytes: [UInt8], _ lines: KnownLines?, threads: Int, blockSize: Int
    ) throws -> [InputFinding] {
        let path = try write(bytes)
        defer { try? FileManager.default.removeItem(atPath: path) }
        var validation = XMLValidation(schemas: ValidationSchemas(), threads: threads, blockSize: blockSize)
        validation.records = RecordSettings(today: today, lines: lines)
        var findings: [InputFinding] = []
        _ = try validation.run(InputSource(path: path)) { finding in
            var finding = finding
            finding.place.file = "document"
            findings.append(finding)
        }
        return findings
    }

    @Test(arguments: NativeKind.allCases, [true, false])
    func randomRecords(kind: NativeKind, isPlain: Bool) throws {
        var random = SplitMix64(seed: testSeed)
        var seen: Set<String> = []
        for round in 0..<25 {
            let rows = Self.rows(kind, random.pick([1, 3, 40, 120]), &random)
            let lines = round % 3 == 0 ? nil : try Self.lines(Self.rows(.subscriptions, 8, &random))
            var settings = DelimitedSettings(definition: .native(kind), today: Self.today)
            settings.lines = lines
            let table = try ValidatedTable(Self.csv(kind, rows), settings)
            let bytes = Self.xml(kind, rows, isPlain: isPlain)
            let told = try Self.document(bytes, lines, threads: 2, blockSize: random.pick([300, 4000, 1 << 18]))
            // White space around a value is no part of it in XML.
            let blank = Set(rows.indices.filter { rows[$0].contains(" ") }.map { $0 + 1 })
            func ofRecords(_ findings: [InputFinding]) -> [Told] {
                findings.filter { $0.rule.layer == .records && !blank.contains($0.place.record) }.map(Told.init)
                    .sorted()
            }
            let (expected, found) = (ofRecords(table.findings), ofRecords(told))
            #expect(found == expected, "seed \(testSeed), round \(round)\n\(String(decoding: bytes, as: UTF8.self))")
            seen.formUnion(found.map(\.rule))
            // What the values are wrong in, one reader calls a rule and the other a violation of the schema.
            func wrong(_ findings: [InputFinding]) -> Set<Int> {
                Set(findings.filter { $0.rule.layer == .schema }.map(\.place.record)).subtracting(blank)
            }
            #expect(wrong(told) == wrong(table.findings), "seed \(testSeed), round \(round)")
            for finding in told where finding.extent > 0 {
                let start = Int(finding.place.byteOffset)
                let slice = String(decoding: bytes[start..<(start + finding.extent)], as: UTF8.self)
                #expect(finding.found.hasPrefix(slice), "\(finding)")
                let before = bytes[..<start]
                #expect(finding.place.line == before.count { $0 == 0x0A } + 1)
                #expect(finding.place.column == start - (before.lastIndex(of: 0x0A) ?? -1))
            }
            if told != (try Self.document(bytes, lines, threads: 1, blockSize: 1 << 18)) {
                Issue.record("seed \(testSeed), round \(round): blocks change the findings")
                return
            }
        }
        let wanted: Set<String> =
            switch kind {
            case .charges:
                [
                    "invalid-period", "duplicate-id", "charge-of-nobody", "charge-in-future", "amount-sign",
                    "period-not-whole-cycle",
                ]
            case .subscriptions: ["ended-before-activation", "duplicate-subscription"]
            case .events: ["invalid-until", "event-of-nobody"]
            case .usage: ["duplicate-id"]
            case .results: []
            }
        #expect(seen.isSuperset(of: wanted), "seed \(testSeed): \(seen)")
    }

    @Test func placesLeadToTheElement() throws {
        let text = """
            <charges>
              <charge><charge_id>C1</charge_id><subscription_id>S1</subscription_id><kind>renewal</kind>
                <charged_on>2025-03-01</charged_on><period_start>2025-03-01</period_start>
                <period_end>2025-02-01</period_end><amount>9.999</amount><currency>EUR</currency>
                <status>posted</status></charge>
              <charge><charge_id>C1</charge_id><subscription_id>S1</subscription_id><kind>refund</kind>
                <charged_on>2025-12-01</charged_on><amount>9.99</amount><currency>EUR</currency>
                <status>posted</status></charge>
            </charges>
            """
        let findings = try Self.document(Array(text.utf8), nil, threads: 1, blockSize: 1 << 18)
        let told = findings.map {
            "\($0.place.line):\($0.place.column) \($0.rule.identifier) \($0.path ?? "-") \($0.found)"
        }
        #expect(
            told == [
                "4:17 invalid-period /charges/charge[1]/period_end 2025-02-01",
                "4:48 invalid-amount /charges/charge[1]/amount 9.999",
                "6:22 duplicate-id /charges/charge[2]/charge_id C1, which record 1 has already",
                "7:17 charge-in-future /charges/charge[2]/charged_on 2025-12-01",
                "7:48 amount-sign /charges/charge[2]/amount 9.99",
            ])
        let lines = try Self.lines([["S2", "1", "A", "2025-01-01", "", "P1M", "9.99", "EUR", "card"]])
        let compared = try Self.document(Array(text.utf8), lines, threads: 1, blockSize: 1 << 18)
        #expect(compared.count { $0.rule == .chargeOfNobody } == 2)
    }

    /// Lines are known from XML too.
    @Test func linesOfDocuments() throws {
        var random = SplitMix64(seed: testSeed)
        for kind in [NativeKind.subscriptions, .events] {
            let rows = Self.rows(kind, 60, &random).map { $0.map { $0.replacing(" ", with: "_") } }
            var (tables, documents) = (KnownLines(), KnownLines())
            for (bytes, isXML) in [(Self.csv(kind, rows), false), (Self.xml(kind, rows, isPlain: true), true)] {
                let path = try Self.write(bytes)
                defer { try? FileManager.default.removeItem(atPath: path) }
                if isXML {
                    try documents.add(InputSource(path: path), threads: 2)
                } else {
                    try tables.add(InputSource(path: path), threads: 2)
                }
            }
            tables.finish()
            documents.finish()
            #expect(tables.isKnown == documents.isKnown)
            for name in ["S1", "S5", "S11", "S99", "C1"] {
                let bytes = Array(name.utf8)
                let (one, other) = (tables.index(of: bytes.span), documents.index(of: bytes.span))
                #expect((one == nil) == (other == nil), "\(name)")
                if let one, let other { #expect(tables.cycle(one) == documents.cycle(other), "\(name)") }
            }
        }
    }
}
