import Testing

@testable import BillingFiles

/// Rows made of the objects of foreign JSON.
@Suite struct ForeignJSONTests {
    private struct Read {
        var rows: [String] = []
        var unmapped: [UnmappedValue] = []
        var findings: [BlockFinding] = []
        var remains = RecordRemains()
        var rules: [InputRule] { findings.map(\.rule) }
    }

    /// The rows of a text, fed in pieces of some length, and what is wrong with it.
    private static func read(
        _ text: String, _ records: JSONRecords, _ fields: [FieldMapping], piece: Int = 7, copies: Bool = false,
        maximumRecordBytes: Int = 1 << 20
    ) -> Read {
        let profile = FormatProfile(name: "test", title: "test", kind: .usage, layout: .json(records), fields: fields)
        let reader = ForeignJSONReader(
            records, MappingPlan(profile), maximumRecordBytes: maximumRecordBytes, makesCopies: copies)
        let bytes = Array(text.utf8)
        var (read, rows, handedOut) = (Read(), "", [UInt8]())
        func take(_ part: XMLSerialReader.Part) {
            #expect(part.fileOffset == UInt64(handedOut.count))
            for var finding in part.findings {
                finding.byteOffset += handedOut.count
                read.findings.append(finding)
            }
            handedOut += part.bytes
            rows += String(decoding: part.rows.bytes[..<part.rows.count], as: UTF8.self)
            read.unmapped += part.rows.unmapped
            read.remains.add(part.rows.remains)
            for offset in part.rows.recordOffsets { #expect(part.bytes[Int(offset)] == UInt8(ascii: "{")) }
        }
        for start in stride(from: 0, to: bytes.count, by: piece) {
            take(reader.feed(bytes[start..<min(start + piece, bytes.count)].span))
        }
        take(reader.finish())
        #expect(handedOut == bytes)
        read.rows = rows.split(separator: "\n").map(String.init)
        return read
    }

    private static let fields = [
        FieldMapping("record_id", from: "id"), FieldMapping("msisdn", from: "../who"),
        FieldMapping("peer", from: "a/b c"), FieldMapping("amount", from: "/v"),
    ]

    @Test(arguments: [1, 3, 64, 4096])
    func valuesStandInTheRecordAndAroundItBeforeAndBehind(piece: Int) {
        let text = """
            {"v": 1.50, "groups": [
             {"who": "Á", "calls": [{"id": 1, "a": {"b c": "x,\\"y"}}, {"a": null, "id": "2", "z": true}]},
             {"calls": {"id": 3}, "who": "B"}], "n": 4}
            """
        let read = Self.read(text, JSONRecords(records: ["/groups/calls"]), Self.fields, piece: piece, copies: true)
        #expect(read.rows == ["1,Á,,,,,\"x,\"\"y\",1.50,", "2,Á,,,,,,1.50,", "3,B,,,,,,1.50,"])
        #expect(read.findings.isEmpty)
        #expect(read.unmapped.isEmpty)
        #expect(read.remains.lost.entries.map(\.field) == ["groups/calls/z", "n"])
    }

    @Test(arguments: [
        "[{\"id\":1},{\"id\":2}]", "{\"id\":1}\n{\"id\":2}\n", "{\"id\":1}\n{\"id\":2}", "[[{\"id\":1}],{\"id\":2}]",
    ])
    func recordsStandInArraysAndLines(text: String) {
        let read = Self.read(text, JSONRecords(records: ["/"]), [FieldMapping("record_id", from: "id")], piece: 2)
        #expect(read.rows == ["1,,,,,,,,", "2,,,,,,,,"])
        #expect(read.findings.isEmpty)
    }

    @Test func valuesOfOneRecordAreNotThoseOfTheNext() {
        let text = "[{\"who\":\"A\",\"c\":[{\"id\":1}]},{\"c\":[{\"id\":2}]}]"
        let fields = [FieldMapping("record_id", from: "id"), FieldMapping("msisdn", from: "../who")]
        #expect(Self.read(text, JSONRecords(records: ["/c"]), fields).rows == ["1,A,,,,,,,", "2,,,,,,,,"])
    }

    @Test func severalValuesAreNoValue() {
        let records = JSONRecords(records: ["/"])
        let text = "[{\"v\":[1,2]},{\"v\":[3,3]},{\"v\":[]},{\"v\":[null,\"\",4]}]"
        let only = Self.read(text, records, [FieldMapping("peer", from: "v")])
        #expect(only.unmapped.map(\.record) == [0], "the same value twice is one")
        let first = Self.read(text, records, [FieldMapping("peer", from: "first(v)")])
        #expect(first.rows == [",,,,,,1,,", ",,,,,,3,,", ",,,,,,,,", ",,,,,,4,,"])
        let sum = Self.read(text, records, [FieldMapping("peer", from: "sum(v)")])
        #expect(sum.rows == [",,,,,,3,,", ",,,,,,6,,", ",,,,,,,,", ",,,,,,4,,"])
    }

    @Test(arguments: [1, 1000])
    func tablesStandBeforeOrBehindWhatLooksIntoThem(piece: Int) {
        let records = JSONRecords(
            records: ["/c"], tables: [XMLTable(name: "t", entries: "../names", key: "k", value: "v")])
        let fields = [FieldMapping("record_id", from: "t[id]"), FieldMapping("peer", from: "t['9']")]
        let table = "\"names\":[{\"k\":1,\"v\":\"one\"},{\"v\":\"nine\",\"k\":9}]"
        let calls = "\"c\":[{\"id\":1},{\"id\":\"9\"},{\"id\":7}]"
        for text in ["{\(table),\(calls)}", "{\(calls),\(table)}"] {
            let read = Self.read(text, records, fields, piece: piece)
            #expect(read.rows == ["one,,,,,,nine,,", "nine,,,,,,nine,,", "7,,,,,,nine,,"])
            #expect(read.unmapped.map(\.record).count == 1, "nobody knows what 7 means")
        }
    }

    @Test(arguments: [
        ("[{\"id\":1},{\"id\":2,\"id\":3}]", InputRule.duplicateElement, 18, "/1/id" as String?),
        ("{\"a\":{},\"a\":{}}", .duplicateElement, 8, "/a"),
        ("[{\"id\":1},{\"id\":2", .notWellFormed, 17, "/1/id"),
        ("[{\"id\":1}", .notWellFormed, 9, "/0"),
        ("{\"id\":1}\n{\"a/b\":tru}", .notWellFormed, 16, "/a~1b"),
        ("[{\"id\":1}]\n]", .notWellFormed, 11, nil),
    ])
    func whatIsWrongIsToldWithItsPlace(text: String, rule: InputRule, offset: Int, pointer: String?) {
        for piece in [1, 4, 1000] {
            let read = Self.read(
                text, JSONRecords(records: ["/"]), [FieldMapping("record_id", from: "id")], piece: piece)
            #expect(read.rules == [rule])
            #expect(read.findings.first?.byteOffset == offset)
            #expect(read.findings.first?.field == pointer)
            #expect(rule.breaksTrust)
        }
    }

    @Test func recordsAndNamesAreLimited() {
        let long = "[{\"id\":1,\"a\":[" + String(repeating: "[1],", count: 2000) + "1]}]"
        let records = JSONRecords(records: ["/"])
        let read = Self.read(
            long, records, [FieldMapping("record_id", from: "id")], piece: 512, maximumRecordBytes: 4096)
        #expect(read.rules == [.jsonLimit])
        let names = "{" + (0..<5000).map { "\"n\($0)\":1" }.joined(separator: ",") + "}"
        #expect(Self.read(names, records, [FieldMapping("record_id", from: "id")], piece: 512).rules == [.jsonLimit])
    }

    @Test(arguments: [("2", "5.00", 0), ("3", "5", 1), ("2", "5.01", 1), ("\"x\"", "\"y\"", 2)])
    func totalsMustAgree(count: String, sum: String, findings: Int) {
        let records = JSONRecords(
            records: ["/c"],
            totals: [XMLTotal(path: "/n", measure: .records), XMLTotal(path: "/s", measure: .sum("v"))])
        let read = Self.read(
            "{\"n\":\(count),\"c\":[{\"v\":2.5},{\"v\":25.0e-1}],\"s\":\(sum)}", records,
            [FieldMapping("peer", from: "v")])
        #expect(read.rules == Array(repeating: .controlTotalMismatch, count: findings))
    }

    @Test func aKeyOutsideTheObjectOfItsTableIsRefused() {
        let records = JSONRecords(
            records: ["/g/c"], tables: [XMLTable(name: "t", entries: "../names", key: "k", value: "v")])
        #expect(records.pathFaults(sources: ["t[/key]"]) == ["t[/key]"])
        #expect(records.pathFaults(sources: ["t[../key]", "t[key]"]).isEmpty)
    }

    @Test func recordsAtAnyDepthAreRefused() {
        #expect(JSONRecords(records: ["/g/**/c"]).pathFaults(sources: []) == ["/g/**/c"])
        #expect(XMLRecords(records: [XMLRecordElement("/g/**/c")]).pathFaults(sources: []) == ["/g/**/c"])
    }

    @Test(arguments: ["a//b", "", "/a/", "~2", "a/~", "../../..", "**"])
    func slipsOfThePenAreNoPaths(path: String) {
        #expect(JSONRecords(records: ["/r"]).pathFaults(sources: [path]) == [path])
    }

    @Test(arguments: [
        "a/b", "@type", "a b", "~0x~1y", "../c", "/", "*/x", "**/y", "name()", "position()", "first(a|b)",
    ])
    func namesMayHoldAnything(path: String) {
        #expect(JSONRecords(records: ["/r/s"]).pathFaults(sources: [path]).isEmpty)
    }
}
