import BillingValues
import Foundation
import TestSupport
import Testing

@testable import BillingFiles

/// The schemas of the native XML against the reading of the native CSV: they must not know different values.
///
/// `xmllint` judges by the schema, so that only the schema's text is under test.
@Suite("The schemas of native XML take what native CSV takes")
struct NativeSchemaAgreementTests {
    /// A native file: its schema, its elements, and a sound record.
    struct Kind: Sendable, CustomTestStringConvertible {
        let root: String
        let record: String
        let columns: [String]
        let sound: [String: String]
        let reject: @Sendable (String) throws -> Set<Int>
        var testDescription: String { root }
    }

    static let charges = Kind(
        root: "charges", record: "charge", columns: NativeColumns.charges,
        sound: [
            "charge_id": "C1", "subscription_id": "S1", "kind": "renewal", "charged_on": "2025-01-31",
            "period_start": "2025-01-31", "period_end": "2025-02-27", "amount": "9.99", "currency": "EUR",
            "status": "posted",
        ], reject: { Set(try DecodedCharges($0).decoded.findings.map { Int($0.record) }) })

    static let subscriptions = Kind(
        root: "subscriptions", record: "subscription", columns: NativeColumns.subscriptions,
        sound: [
            "subscription_id": "S1", "msisdn": "393331234567", "offer": "Easy Pay", "activated_on": "2024-02-29",
            "ended_on": "", "cycle": "P1M", "price": "9.99", "currency": "EUR", "payment_method": "card",
        ], reject: { Set(try DecodedSubscriptions($0).decoded.findings.map { Int($0.record) }) })

    static let dates = [
        "2025-01-31", "2024-02-29", "0001-01-01", "9999-12-31", "1900-02-28", "2000-02-29", "", "2023-02-29",
        "1900-02-29", "2025-00-10", "2025-13-10", "2025-04-31", "2025-01-00", "0000-01-01", "-2025-01-31",
        "+2025-01-31", "2025-1-31", "2025-01-3", "20250131", "2025/01/31", "31-01-2025", "2025-01-31Z",
        "2025-01-31+01:00", "2025-01-31T00:00:00", "12025-01-31", "25-01-31", "2025-01-31 ", " 2025-01-31",
        "2025-01-31\r", "\t2025-01-31", "٢٠٢٥-01-31", "today", "2025-W05-5", "2025-031", "0", "\u{A0}2025-01-31",
    ]
    static let amounts = [
        "9.99", "0", "0.00", "-0", "-0.00", "-9.99", "00012.50", "1234567890.12", "9", "9.9", "-5", "0.01", "",
        "+9.99", "9,99", "1.234,50", "1,234.50", ".99", "9.", "-", ".", "-.5", "9.99 ", " 9.99", "9.99\r", "1e2",
        "1E2", "0x10", "NaN", "INF", "−9.99", "٣", "9.99EUR", "€9.99", "9..9", "9.9.9", "--9", "9-", "(9.99)",
        "9.999", "9.9900", "9.99990", "92233720368547758.07", "92233720368547758.08", "-92233720368547758.08",
        "99999999999999999999", "0.000", "1_000", "null",
    ]
    static let cycles = [
        "P30D", "P28D", "P1M", "P3M", "P1Y", "P1W", "P1Y6M", "P0Y6M", "P1Y0M", "P030D", "P01M", "P36600D",
        "P1200M", "P100Y", "P99Y12M", "", "P", "P0D", "P0M", "P0W", "P0Y", "P0Y0M", "P00D", "p30d", "30D", "P-30D",
        "P+30D", "P30", "PD", "P1.5M", "P1,5M", "P1M1D", "P1Y1D", "P1W1D", "P1M1Y", "P1Y1Y", "PT24H", "P1DT1H", "P 1M",
        "P1M ", " P1M", "P1M\r", "monthly", "P٣D", "P1Y6M1D", "P1Y2W", "P36601D", "P1201M", "P101Y",
        "P99999999999999999999D", "P0Y36601M",
    ]
    static let currencies = [
        "EUR", "JPY", "KWD", "", "eur", "Eur", "EU", "EURO", "E R", "€", "EUR ", " EUR", "978", "XXX",
    ]
    static let kinds = [
        "activation", "renewal", "addon", "usage", "one_off", "refund", "credit", "adjustment", "recovery", "",
        "Renewal", "renewals", "renewal ", " renewal", "one-off", "oneoff", "discount",
    ]
    static let statuses = ["posted", "pending", "failed", "reversed", "", "POSTED", "post", "posted\t", "paid"]
    static let texts = ["", " ", "x", "A, B", "say \"x\"", "a<b&c>d", "è", "ends ", "\u{1F600}"]

    static func values(_ column: String) -> [String] {
        switch column {
        case "charged_on", "period_start", "period_end", "activated_on", "ended_on": dates
        case "amount", "price": amounts
        case "cycle": cycles
        case "currency": currencies
        case "kind": kinds
        case "status": statuses
        default: texts
        }
    }

    /// Whether a value is one that the schema takes and the reading does not, for a reason that a schema cannot say.
    static func isBeyondSchema(_ column: String, _ value: String) -> Bool {
        let blank: Set<Character> = [" ", "\t", "\r", "\n", "\r\n"]
        switch column {
        case "charged_on", "period_start", "period_end", "activated_on", "ended_on":
            // XML Schema takes white space around dates and numbers.
            return value.first.map(blank.contains) == true || value.last.map(blank.contains) == true
        case "amount", "price":
            let hasBlank = value.first.map(blank.contains) == true || value.last.map(blank.contains) == true
            let parts = value.split(separator: ".")
            // The decimals of the currency, and the largest number of its minor units.
            return hasBlank || parts.last.map { parts.count == 2 && $0.count > 2 } == true
                || parts.first?.count ?? 0 > 16
        case "currency": return value.wholeMatch(of: /[A-Z]{3}/) != nil
        // The longest cycle: 1,200 months and 36,600 days.
        case "cycle":
            if let parts = value.wholeMatch(of: /P(\d+)Y(\d+)M/), let years = Int(parts.1), let months = Int(parts.2) {
                return years * 12 + months > 1200
            }
            return value.split(whereSeparator: { !$0.isASCII || !$0.isNumber }).contains {
                $0.drop { $0 == "0" }.count > 2
            }
        default: return false
        }
    }

    /// Records, each with one value of a sound one replaced.
    private static func records(_ kind: Kind, _ cases: [(column: String, value: String)]) -> [[String]] {
        cases.map { column, value in
            var values = kind.sound
            // A date must not depend on another.
            if column == "period_start" { values["period_end"] = "" }
            if column == "period_end" { values["period_start"] = "0001-01-01" }
            if column == "activated_on" { values["ended_on"] = "" }
            if column == "ended_on" { values["activated_on"] = "0001-01-01" }
            values[column] = value
            return kind.columns.map { values[$0] ?? "" }
        }
    }

    /// The records that the schema refuses, by their number.
    private static func refusedBySchema(_ kind: Kind, _ records: [[String]]) throws -> Set<Int> {
        let lines = records.map { values in
            let elements = zip(kind.columns, values).map { column, value in
                let text = value.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
                    .replacing("\r", with: "&#13;")
                return "<\(column)>\(text)</\(column)>"
            }
            return "<\(kind.record)>\(elements.joined())</\(kind.record)>"
        }
        // Line 1 is the start tag, so that record n stands in line n + 2.
        let document = "<\(kind.root)>\n" + lines.joined(separator: "\n") + "\n</\(kind.root)>\n"
        let scratch = try ScratchDirectory()
        let path = try scratch.write(Array(document.utf8), to: "\(kind.root).xml")
        let schema = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../schemas/\(kind.root).xsd").standardizedFileURL.path
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/xmllint")
        try #require(
            FileManager.default.isExecutableFile(atPath: "/usr/bin/xmllint"), "no xmllint: nothing was compared")
        process.arguments = ["--nonet", "--noout", "--stream", "--schema", schema, path]
        let messages = URL(filePath: try scratch.write([], to: "messages"))
        let handle = try FileHandle(forWritingTo: messages)
        process.standardError = handle
        try process.run()
        process.waitUntilExit()
        try handle.close()
        try #require([0, 3, 4].contains(process.terminationStatus), "xmllint ended with \(process.terminationStatus)")
        let text = try String(contentsOf: messages, encoding: .utf8)
        return Set(text.matches(of: /\.xml:([0-9]+):[^\n]*validity error/).compactMap { Int($0.1).map { $0 - 2 } })
    }

    private static func rejectedByReading(_ kind: Kind, _ records: [[String]]) throws -> Set<Int> {
        let rows = records.map { values in
            values.map {
                $0.contains(where: { ",\"\r\n".contains($0) }) ? "\"\($0.replacing("\"", with: "\"\""))\"" : $0
            }
            .joined(separator: ",")
        }
        return try kind.reject(([kind.columns.joined(separator: ",")] + rows).joined(separator: "\n") + "\n")
    }

    private static func compare(_ kind: Kind, _ cases: [(column: String, value: String)]) throws {
        let records = records(kind, cases)
        let refused = try refusedBySchema(kind, records)
        let rejected = try rejectedByReading(kind, records)
        for (number, (column, value)) in cases.enumerated() {
            let (bySchema, byReading) = (refused.contains(number), rejected.contains(number))
            if bySchema == byReading { continue }
            // The schema has days; an audit takes a time of day behind that of a charge.
            let time = column == "charged_on" ? CivilTimestamp.parse(Array(value.utf8)) : nil
            if bySchema, let time, time.offset == nil { continue }
            // What is read is always valid; what is valid and not read has a reason that a schema cannot say.
            #expect(
                byReading && isBeyondSchema(column, value),
                "\(column) \(value.debugDescription): schema refuses \(bySchema), reading \(byReading), seed \(testSeed)"
            )
        }
        #expect(refused.count > cases.count / 10)
        #expect(refused.count < cases.count)
    }

    @Test("Values that are sound, and values that are nearly so", arguments: [charges, subscriptions])
    func tables(_ kind: Kind) throws {
        try Self.compare(kind, kind.columns.flatMap { column in Self.values(column).map { (column, $0) } })
    }

    @Test("Values with some characters changed", arguments: [charges, subscriptions])
    func changed(_ kind: Kind) throws {
        var random = SplitMix64(seed: testSeed)
        let alphabet = Array("0123456789-+.,: PYMWDTZeE\t\u{E8}\u{663}").map(String.init)
        let columns = kind.columns.filter { Self.values($0).count > 9 }
        // What fits one block.
        let cases = (0..<2_000).map { _ in
            let column = random.pick(columns)
            var characters = random.pick(Self.values(column)).map(String.init)
            for _ in 0...random.below(2) {
                let place = random.below(characters.count + 1)
                switch random.below(3) {
                case 0: characters.insert(random.pick(alphabet), at: place)
                case 1 where place < characters.count: characters.remove(at: place)
                default: if place < characters.count { characters[place] = random.pick(alphabet) }
                }
            }
            return (column, characters.joined())
        }
        try Self.compare(kind, cases)
    }
}
