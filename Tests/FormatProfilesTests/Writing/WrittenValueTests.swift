import Foundation
import Testing

@testable import BillingFiles
@testable import FormatProfiles

/// The text that each conversion has for a value of ours, and the values that it has none for.
@Suite struct WrittenValueTests {
    struct Case: CustomTestStringConvertible {
        let column: String
        let mapping: String
        let value: String
        /// The field, or nil where the record must be refused.
        let text: String?
        var respelled = false
        var testDescription: String { "\(column) \(value) by \(mapping)" }
    }

    private static func time(_ mapping: String, _ value: String, _ text: String?, respelled: Bool = false) -> Case {
        Case(column: "started_at", mapping: mapping, value: value, text: text, respelled: respelled)
    }
    private static func duration(_ form: String, _ value: String, _ text: String?, respelled: Bool = false) -> Case {
        Case(
            column: "duration_s", mapping: "{ column: x, duration: \"\(form)\" }", value: value, text: text,
            respelled: respelled)
    }
    private static func amount(_ keys: String, _ value: String, _ text: String?, respelled: Bool = false) -> Case {
        Case(column: "amount", mapping: "{ column: x, \(keys) }", value: value, text: text, respelled: respelled)
    }
    private static func peer(_ keys: String, _ value: String, _ text: String?) -> Case {
        Case(column: "peer", mapping: "{ column: x, \(keys) }", value: value, text: text)
    }

    static let times = [
        time("{ column: x, date: \"D MON YY h:mm:ss\" }", "2025-03-01T09:05:07", "1 Mar 25 9:05:07"),
        time("{ column: x, date: \"D MON YY h:mm:ss\" }", "1999-03-01T09:05:07", nil),
        time("{ column: x, date: \"DD MONTH YYYY hh:mm\" }", "2025-05-01T09:05:00", "01 May 2025 09:05"),
        time("{ column: x, date: \"DD MONTH YYYY hh:mm\" }", "2025-05-01T09:05:07", nil),
        time("{ column: x, date: epoch }", "1970-01-02T00:00:01Z", "86401"),
        time("{ column: x, date: epoch-ms }", "1970-01-02T00:00:01Z", "86401000"),
        time("{ column: x, date: epoch }", "1969-12-31T23:59:59Z", nil),
        time("{ column: x, date: epoch }", "2025-03-01T09:05:07", nil),
        time("{ column: x, date: epoch }", "1970-01-02T00:00:00+01:00", "82800", respelled: true),
        time("{ column: x, date: epoch }", "1970-01-02T00:00:00.5Z", nil),
        time("{ column: x, date: epoch }", "1970-01-02T00:00:00.000Z", "86400", respelled: true),
        time("{ column: x, date: \"YYYY-MM-DDThh:mm:ssZ\" }", "2025-03-01T09:05:07-03:30", "2025-03-01T09:05:07-03:30"),
        time(
            "{ column: x, date: \"YYYYMMDDhhmmss Z 'UTC'\" }", "2025-01-01T00:30:00+01:00", "20241231233000 +0000 UTC",
            respelled: true),
        time("{ column: x, date: \"YYYY-MM-DD hh:mm:ss\", zone: UTC }", "2025-03-30T01:30:00Z", "2025-03-30 01:30:00"),
        time(
            "{ column: x, date: \"YYYY-MM-DD hh:mm:ss\", zone: \"+02:00\" }", "2025-10-26T01:30:00Z",
            "2025-10-26 03:30:00", respelled: true),
        time("{ column: x, date: \"YYYY-MM-DD hh:mm:ss\" }", "2025-03-30T01:30:00Z", nil),
        time("{ column: x, date: \"YYYY-MM-DD hh:mm:ss.f\" }", "2025-03-30T01:30:00", "2025-03-30 01:30:00.000"),
        time(
            "{ column: x, date: \"YYYYMMDDhhmmss\", zone: { column: z } }", "2025-03-30T01:30:00+05:30",
            "20250330013000"),
    ]

    /// Times of a place: an hour that a night shows twice has no offset, and one that it skips is none.
    static let places = [
        ("2025-07-01T10:00:00+02:00", "2025-07-01 10:00:00", false),
        ("2025-07-01T08:00:00Z", "2025-07-01 10:00:00", true),
        ("2025-07-01T10:00:00", nil, false), ("2025-10-26T02:30:00", "2025-10-26 02:30:00", false),
        ("2025-10-26T02:30:00+02:00", nil, false), ("2025-10-26T01:30:00Z", nil, false),
        ("2025-10-26T03:30:00+01:00", "2025-10-26 03:30:00", false), ("2025-03-30T02:30:00", nil, false),
    ].map { value, text, isRespelled in
        time("{ column: x, date: \"YYYY-MM-DD hh:mm:ss\", zone: Europe/Rome }", value, text, respelled: isRespelled)
    }

    static let numbers = [
        duration("seconds", "62", "62"), duration("seconds", "062", "62", respelled: true),
        duration("seconds", "6.5", nil),
        duration("milliseconds", "62", "62000"), duration("minutes", "120", "2"), duration("minutes", "63", "1.05"),
        duration("minutes", "62", nil), duration("hh:mm:ss", "360000", "100:00:00"),
        duration("hhmmss", "3599", "005959"),
        duration("hhmmsscc", "3599", "00595900"), duration("go", "0", "0s"), duration("go", "3660", "1h1m0s"),
        amount("decimal: \",\"", "-1234.50", "-1234,50"),
        amount("decimal: \",\", group: \".\"", "1234567.5", "1234567,5"),
        amount("decimal: \",\"", "7.000", "7,000", respelled: true), amount("negate: true", "1.50", "-1.50"),
        amount("negate: true", "-1.50", "1.50"), amount("negate: true", "0.00", "0.00"),
        amount("implied-decimals: 2", "-0.05", "-5"), amount("implied-decimals: 2", "5", "500", respelled: true),
        amount("implied-decimals: 2", "1.250", "125", respelled: true), amount("implied-decimals: 2", "1.255", nil),
        amount("implied-decimals: 0", "0.00", "0", respelled: true), amount("decimal: \".\"", "1e5", nil),
        amount("round: { decimals: 2, rule: halfUp }", "1.255", nil),
        amount("round: { decimals: 2, rule: halfUp }", "1.25", "1.25"),
        amount("decimals-from: z", "1.250", "1250", respelled: true),
        amount("decimals-of-currency: cur", "12.34", "1234"), amount("decimal: \".\"", "99999999999999999999.00", nil),
    ]

    static let texts = [
        peer("trim: true", "a b", "a b"), peer("trim: true", " a", nil), peer("after: \".\"", "100", "100"),
        peer("after: \".\"", "1.5", nil), peer("before: \"@\"", "x@y", nil),
        peer("url-decode: true", "a b%", "a%20b%25"),
        peer("url-decode: true", "é,\"", "%C3%A9%2C%22"), peer("empty: NONE", "NONE", nil),
        peer("map: { A: one, B: two }", "two", "B"), peer("map: { A: one, B: two }", "three", nil),
        peer("map: { A: one }, otherwise: same", "three", "three"), peer("map: { A: one }, otherwise: same", "A", nil),
        peer("map: { B: one, A: one }", "one", "B"), peer("map: { A: one }, otherwise: { value: rest }", "rest", nil),
    ]

    @Test(arguments: times + places + numbers + texts) func isWrittenSo(_ case: Case) throws {
        let text = """
            name: table
            record: usage
            delimited: { delimiter: "|", header: first-row }
            fields:
              record_id: id
              msisdn: number
              \(`case`.column == "started_at" ? "" : "started_at: { column: at, date: \"YYYY-MM-DD hh:mm:ss\" }")
              currency: cur
              \(`case`.column): \(`case`.mapping)

            """
        let profile = try ProfileFile.read(Array(text.utf8), file: "table.yaml")
        let columns =
            ["record_id", "msisdn", "started_at", "currency"].filter { $0 != `case`.column } + [`case`.column]
        let row = columns.map { column in
            switch column {
            case `case`.column: `case`.value
            case "started_at": "2025-03-01T10:00:00"
            case "currency": "EUR"
            default: "1"
            }
        }
        let trip = try FormatRoundTrip(profile, columns: columns, rows: [row])
        guard let expected = `case`.text else {
            #expect(trip.refused == [0], "\(String(decoding: trip.bytes, as: UTF8.self))")
            #expect(trip.converted.read.findings.first?.field == `case`.column)
            return
        }
        #expect(trip.refused.isEmpty, "\(trip.converted.read.findings)")
        let lines = String(decoding: trip.bytes, as: UTF8.self).split(separator: "\n")
        let place = try #require(lines[0].split(separator: "|").firstIndex(of: "x"))
        #expect(lines[1].split(separator: "|", omittingEmptySubsequences: false)[place] == expected)
        #expect(trip.converted.respelled.last == (`case`.respelled ? 1 : 0))
    }

    /// What makes a profile one that is only read.
    @Test(arguments: [
        ("record_id: i\n  msisdn: { join: [a, b] }\n  started_at: { column: t, date: epoch }", "msisdn"),
        ("record_id: i\n  msisdn: n\n  started_at: { join: [d, c], date: YYYYMMDDhhmmss }", "started_at"),
    ])
    func isOnlyRead(fields: String, column: String) throws {
        let text = "name: some\nrecord: usage\ndelimited: { header: first-row }\nfields:\n  \(fields)\n"
        let profile = try ProfileFile.read(Array(text.utf8), file: "some.yaml")
        guard case .failure(let refusal) = WritingPlan.make(profile) else {
            Issue.record("it can be written")
            return
        }
        #expect(refusal.column == column)
    }

    /// Records without an id of their own are written; the ids are counted among what is lost.
    @Test func idsThatArePlaces() throws {
        let text =
            "name: some\nrecord: usage\ndelimited: { header: first-row }\nfields:\n  record_id: { place: true }\n"
            + "  msisdn: n\n  started_at: { column: t, date: epoch }\n"
        let trip = try FormatRoundTrip(
            try ProfileFile.read(Array(text.utf8), file: "some.yaml"), columns: ["record_id", "msisdn", "started_at"],
            rows: [["r1", "39055", "2025-03-01T10:00:00Z"], ["r2", "39056", "2025-03-01T10:00:01Z"]])
        #expect(String(decoding: trip.bytes, as: UTF8.self) == "n,t\n39055,1740823200\n39056,1740823201\n")
        #expect(trip.converted.uncarried == [2, 0, 0])
        #expect(trip.plan.notCarried.first?.column == "record_id")
        let back = try trip.readBack()
        #expect(back.rows.map { $0[0] } == ["4", "21"])
    }

    /// Parts that hold what stands between them cannot be told apart.
    @Test func joinedParts() throws {
        let text = """
            name: parts
            record: usage
            delimited: { header: first-row }
            fields:
              record_id: { join: [a, b], with: "-" }
              msisdn: n
              started_at: { join: [day, time], with: " ", date: "DD/MM/YYYY hh:mm:ss" }

            """
        let profile = try ProfileFile.read(Array(text.utf8), file: "parts.yaml")
        let trip = try FormatRoundTrip(
            profile, columns: ["record_id", "msisdn", "started_at"],
            rows: [
                ["7-12", "39", "2025-03-01T10:00:00"], ["7-12-1", "39", "2025-03-01T10:00:00"],
                ["712", "39", "2025-03-01T10:00:00"],
            ])
        #expect(String(decoding: trip.bytes, as: UTF8.self) == "a,b,n,day,time\n7,12,39,01/03/2025,10:00:00\n")
        #expect(trip.refused == [1, 2])
    }
}
