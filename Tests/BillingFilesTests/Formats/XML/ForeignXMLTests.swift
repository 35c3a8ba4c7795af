import Testing

@testable import BillingFiles

/// Rows made of the elements of foreign documents.
@Suite struct ForeignXMLTests {
    private static func profile(_ records: XMLRecords, _ fields: [FieldMapping]) -> FormatProfile {
        FormatProfile(name: "test", title: "test", kind: .usage, layout: .xml(records), fields: fields)
    }

    /// The rows of a document, fed in pieces of some length, and what is wrong with it.
    private static func read(
        _ text: String, _ records: XMLRecords, _ fields: [FieldMapping], piece: Int = 7, copies: Bool = false,
        maximumRecordBytes: Int = 1 << 20
    ) -> (rows: [String], unmapped: [UnmappedValue], findings: [InputRule], remains: RecordRemains) {
        let reader = ForeignXMLReader(
            records, MappingPlan(profile(records, fields)), maximumRecordBytes: maximumRecordBytes,
            makesCopies: copies)
        let bytes = Array(text.utf8)
        var rows = ""
        var unmapped: [UnmappedValue] = []
        var findings: [InputRule] = []
        var remains = RecordRemains()
        var handedOut: [UInt8] = []
        func take(_ part: XMLSerialReader.Part) {
            #expect(part.fileOffset == UInt64(handedOut.count))
            handedOut += part.bytes
            rows += String(decoding: part.rows.bytes[..<part.rows.count], as: UTF8.self)
            unmapped += part.rows.unmapped
            findings += part.findings.map(\.rule)
            remains.add(part.rows.remains)
            for offset in part.rows.recordOffsets {
                #expect(part.bytes[Int(offset)] == UInt8(ascii: "<"))
            }
        }
        for start in stride(from: 0, to: bytes.count, by: piece) {
            take(reader.feed(bytes[start..<min(start + piece, bytes.count)].span))
        }
        take(reader.finish())
        #expect(handedOut == bytes)
        return (rows.split(separator: "\n").map(String.init), unmapped, findings, remains)
    }

    private static let fields = [
        FieldMapping("record_id", from: "@id"), FieldMapping("msisdn", from: "../who"),
        FieldMapping("peer", from: "a/b"), FieldMapping("kind", from: "name()"),
    ]

    @Test(arguments: [1, 3, 64, 4096])
    func valuesStandInTheRecordAroundItAndInAttributes(piece: Int) {
        let text = """
            <?xml version="1.0"?><r><g><who> 1 </who><c id="x"><a><b>one</b></a><z>no</z></c><c id="y"/></g>
            <g><who>2</who><s id="z"><a><b>t&amp;"w,o</b></a></s></g></r>
            """
        let read = Self.read(
            text, XMLRecords(records: [XMLRecordElement("/r/g/c"), XMLRecordElement("/r/g/s")]), Self.fields,
            piece: piece, copies: true)
        #expect(
            read.rows == ["x,1,,c,,,one,,", "y,1,,c,,,,,", "z,2,,s,,,\"t&\"\"w,o\",,"])
        #expect(read.findings.isEmpty)
        #expect(read.unmapped.isEmpty)
        #expect(read.remains.lost.entries.map(\.field) == ["g/c/z"])
    }

    @Test func severalValuesAreNoValue() {
        let records = XMLRecords(records: [XMLRecordElement("/r/c")])
        let text = "<r><c><v>1</v><v>2</v></c><c><v>3</v><v>3</v></c><c/></r>"
        let only = Self.read(text, records, [FieldMapping("peer", from: "v")], piece: 4096)
        #expect(only.unmapped.map(\.record) == [0], "the same value twice is one")
        let first = Self.read(text, records, [FieldMapping("peer", from: "first(v)")])
        #expect(first.rows == [",,,,,,1,,", ",,,,,,3,,", ",,,,,,,,"])
        #expect(first.unmapped.isEmpty)
        let sum = Self.read(text, records, [FieldMapping("peer", from: "sum(v)")])
        #expect(sum.rows == [",,,,,,3,,", ",,,,,,6,,", ",,,,,,,,"])
        let damaged = Self.read(
            "<r><c><v>1.5</v><v>x</v></c></r>", records, [FieldMapping("peer", from: "sum(v)")])
        #expect(damaged.unmapped.map(\.column) == [6])
    }

    @Test func tablesAreLookedUpByKeysThatStandInTheRecord() {
        let records = XMLRecords(
            records: [XMLRecordElement("/r/c")],
            tables: [XMLTable(name: "t", entries: "/r/t/e", key: "@k", value: "v")])
        let text = "<r><t><e k='1'><v>one</v></e><e k='2'><v>two</v></e></t><c><k>2</k></c><c><k>9</k></c><c/></r>"
        let read = Self.read(
            text, records, [FieldMapping("peer", from: "t[k]"), FieldMapping("kind", from: "t['1']")], piece: 4096)
        #expect(read.rows == [",,,one,,,two,,", ",,,one,,,9,,", ",,,one,,,,,"])
        #expect(read.unmapped.map(\.record) == [1], "nobody knows what the key 9 means")
    }

    @Test(arguments: [1, 5, 200])
    func recordsWaitForValuesBehindThem(piece: Int) {
        let records = XMLRecords(records: [XMLRecordElement("/r/d/c")], completeAt: "/r/d")
        let text = "<r><d><n>1</n><c id='a'/><c id='b'/><x>X</x></d><d><c id='c'/></d></r>"
        let read = Self.read(
            text, records, [FieldMapping("record_id", from: "@id"), FieldMapping("peer", from: "../x")], piece: piece)
        #expect(read.rows == ["a,,,,,,X,,", "b,,,,,,X,,", "c,,,,,,,,"])
    }

    @Test func aRecordAroundOthersCountsOnlyWithoutThem() {
        let records = XMLRecords(records: [
            XMLRecordElement("/r/e", onlyWithoutRecords: true), XMLRecordElement("/r/e/t"),
        ])
        let read = Self.read(
            "<r><e id='1'/><e id='2'><t id='3'/><t id='4'/></e></r>", records, [FieldMapping("record_id", from: "@id")])
        #expect(read.rows.map { $0.prefix(1) } == ["1", "3", "4"])
    }

    @Test(arguments: [("2", "5.00", 0), ("3", "5", 1), ("2", "5.01", 1), ("x", "y", 2)])
    func totalsMustAgree(count: String, sum: String, findings: Int) {
        let records = XMLRecords(
            records: [XMLRecordElement("/r/c")],
            totals: [
                XMLTotal(path: "/r/n", measure: .records), XMLTotal(path: "/r/s", measure: .sum("v")),
            ])
        let read = Self.read(
            "<r><n>\(count)</n><c><v>2.5</v></c><c><v>2.50</v></c><s>\(sum)</s></r>", records,
            [FieldMapping("peer", from: "v")])
        #expect(read.findings == Array(repeating: .controlTotalMismatch, count: findings))
    }

    @Test(arguments: ["<r><c>", "<r><c></r>", "", "<r><c/></r><r/>", "<r><c>&x;</c></r>"])
    func whatIsNotWellFormedIsNotTrusted(text: String) {
        let read = Self.read(text, XMLRecords(records: [XMLRecordElement("/r/c")]), [FieldMapping("peer", from: ".")])
        #expect(read.findings.contains(.notWellFormed))
    }

    @Test(arguments: [
        ("<!DOCTYPE r>", true, 0), ("<!DOCTYPE r SYSTEM 'file:///etc/hostname'>", true, 0), ("<!DOCTYPE r>", false, 1),
        ("<!DOCTYPE r [<!ENTITY x 'y'>]>", true, 1),
    ])
    func aDoctypeIsPassedOverOnlyIfItDeclaresNothing(doctype: String, allowed: Bool, faults: Int) {
        let records = XMLRecords(records: [XMLRecordElement("/r/c")], mayHaveDoctype: allowed)
        let read = Self.read(doctype + "<r><c>1</c></r>", records, [FieldMapping("peer", from: ".")])
        #expect(read.findings.filter { $0 == .documentType }.count == faults)
        #expect(read.rows.count == 1 - faults)
    }

    @Test func anEntityOfADoctypeThatIsNotLoadedIsNoEmptyText() {
        let records = XMLRecords(records: [XMLRecordElement("/r/c")], mayHaveDoctype: true)
        let read = Self.read(
            "<!DOCTYPE r SYSTEM 'r.dtd'><r><c>1&more;</c></r>", records, [FieldMapping("peer", from: ".")])
        #expect(!read.findings.isEmpty)
    }

    @Test func aRecordWithoutEndIsLimited() {
        let read = Self.read(
            "<r><c>" + String(repeating: "<x>y</x>", count: 1000) + "</c></r>",
            XMLRecords(records: [XMLRecordElement("/r/c")]), [FieldMapping("peer", from: "first(x)")], piece: 512,
            maximumRecordBytes: 4096)
        #expect(read.findings == [.xmlLimit])
    }

    @Test(arguments: ["a//b", "../../../../x", "p:a", "a/@b/c", "", "t[", "**"])
    func textsThatAreNoPathsAreTold(text: String) {
        let records = XMLRecords(records: [XMLRecordElement("/r/c")])
        #expect(records.pathFaults(sources: [text]) == [text])
    }
}
