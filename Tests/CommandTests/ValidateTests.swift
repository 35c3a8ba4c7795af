import Foundation
import Testing

/// `rinnovo validate` as scripts see it: codes, reports, places.
@Suite("rinnovo validate") struct ValidateTests {
    private let scratch: TemporaryDirectory

    init() throws {
        scratch = try TemporaryDirectory()
    }

    private static let sound = """
        <?xml version="1.0" encoding="UTF-8"?>
        <charges>
          <charge>
            <charge_id>C1</charge_id>
            <subscription_id>S1</subscription_id>
            <kind>renewal</kind>
            <charged_on>2025-03-01</charged_on>
            <amount>9.99</amount>
            <currency>EUR</currency>
            <status>posted</status>
          </charge>
        </charges>

        """

    private static let wrongAmount = sound.replacing("9.99", with: "393331234567,00")

    /// A document with so many records, of which each has a wrong amount and an id of its own.
    private static func wrongAmounts(_ count: Int) throws -> String {
        let record = try #require(wrongAmount.firstMatch(of: /\ {2}<charge>[^!]*<\/charge>\n/)).output
        let records = (1...count).map { record.replacing(">C1<", with: ">C\($0)<") }
        return wrongAmount.replacing(record, with: records.joined())
    }

    private func run(_ arguments: String...) throws -> Command.Outcome {
        var command = try Rinnovo.command(["validate"] + arguments)
        command.directory = scratch.path
        return try command.run()
    }

    @Test func aValidFile() throws {
        try scratch.write(Self.sound, to: "charges.xml")
        let outcome = try run("charges.xml")
        #expect(outcome.code == 0)
        #expect(outcome.output == "charges.xml: valid, 1 record, 9 elements, 0 errors\n")
        #expect(outcome.error == "")
        #expect(try run("charges.xml", "--quiet").output == "")
    }

    @Test func aWrongValue() throws {
        try scratch.write(Self.wrongAmount, to: "charges.xml")
        let outcome = try run("charges.xml")
        #expect(outcome.code == 1)
        #expect(
            outcome.output == """
                charges.xml:8:5: error: [schema-violation] amount: found '*********567,00', expected a value of the \
                atomic type 'amount'; write what the schema wants (/charges/charge[1]/amount, byte 201)
                        <amount>*********567,00</amount>
                        ^
                charges.xml: invalid, 1 record, 9 elements, 1 error

                What was found
                  rule                layer   findings
                  schema-violation   schema          1

                """)
        let offset = try #require(Self.wrongAmount.utf8.firstRange(of: "<amount>".utf8)).lowerBound
        #expect(Self.wrongAmount.utf8.distance(from: Self.wrongAmount.utf8.startIndex, to: offset) == 201)
    }

    @Test func theReportAsJSON() throws {
        try scratch.write(Self.wrongAmount, to: "charges.xml")
        try scratch.write(Self.sound, to: "sound.xml")
        let outcome = try run("charges.xml", "sound.xml", "absent.xml", "--report", "json")
        #expect(outcome.code == 66)
        #expect(outcome.error.contains("absent.xml"))
        let document = try #require(
            try JSONSerialization.jsonObject(with: Data(outcome.outputBytes)) as? [String: Any])
        let files = try #require(document["files"] as? [[String: Any]])
        #expect(files.map { $0["verdict"] as? String } == ["invalid", "valid", "unread"])
        #expect(files[0]["errors"] as? Int == 1)
        #expect(files[0]["errors_by_rule"] as? [String: Int] == ["schema-violation": 1])
        let finding = try #require((files[0]["findings"] as? [[String: Any]])?.first)
        #expect(finding["line"] as? Int == 8)
        #expect(finding["column"] as? Int == 5)
        #expect(finding["byte_offset"] as? Int == 201)
        #expect(finding["record"] as? Int == 1)
        #expect(finding["field"] as? String == "amount")
        #expect(finding["path"] as? String == "/charges/charge[1]/amount")
        #expect(finding["found"] as? String == "'393331234567,00'")
        #expect(finding["rule"] as? String == "schema-violation")
    }

    @Test func theReportAsLinesOfJSONInAFile() throws {
        try scratch.write(try Self.wrongAmounts(250), to: "charges.xml")
        let arguments = ["charges.xml", "--report", "jsonl", "--report-file", "report.jsonl"]
        let outcome = try run(arguments[0], arguments[1], arguments[2], arguments[3], arguments[4])
        #expect(outcome.code == 1, "\(outcome.report)")
        #expect(outcome.output == "")
        let lines = try scratch.text(of: "report.jsonl").split(separator: "\n")
        #expect(lines.count == 250)
        for (index, line) in lines.enumerated() {
            let finding = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            #expect(finding["record"] as? Int == index + 1)
            #expect(finding["path"] as? String == "/charges/charge[\(index + 1)]/amount")
        }
        #expect(try run(arguments[0], arguments[1], arguments[2], arguments[3], arguments[4]).code == 73)
        #expect(try run("charges.xml", "--report-file", "report.jsonl", "--force").code == 1)
        #expect(try scratch.text(of: "report.jsonl").contains("and 150 more of schema-violation"))
    }

    @Test(arguments: [(nil, 100), ("0", 0), ("7", 7), ("1000", 250)])
    func mostErrors(most: String?, told: Int) throws {
        try scratch.write(try Self.wrongAmounts(250), to: "charges.xml")
        let outcome = try Rinnovo.command(
            ["validate", scratch.path("charges.xml")] + (most.map { ["--max-errors", $0] } ?? [])
        ).run()
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.count { $0.contains(": error: ") } == told)
        #expect(lines.contains { $0.hasSuffix("invalid, 250 records, 2,001 elements, 250 errors") })
        #expect(outcome.output.contains("and \(250 - told) more of schema-violation") == (told < 250))
    }

    @Test func aRootThatNoSchemaIsFor() throws {
        try scratch.write("<a>\n</a>", to: "a.xml")
        try scratch.write("<charges xmlns=\"urn:other\"/>", to: "b.xml")
        for file in ["a.xml", "b.xml"] {
            let outcome = try run(file)
            #expect(outcome.code == 65)
            #expect(outcome.output.hasPrefix("\(file):1:1: error: [wrong-root-element]"), "\(outcome.output)")
            #expect(outcome.output.contains("\(file): cannot be decided"))
        }
    }

    @Test func aSchemaThatIsNamed() throws {
        try scratch.write("<a id='1'><b ref='2'>x</b></a>", to: "a.xml")
        try scratch.write(
            """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a"><xs:complexType><xs:sequence>
              <xs:element name="b"><xs:complexType><xs:simpleContent><xs:extension base="xs:string">
                <xs:attribute name="ref" type="xs:IDREF"/>
              </xs:extension></xs:simpleContent></xs:complexType></xs:element>
            </xs:sequence><xs:attribute name="id" type="xs:NMTOKEN"/></xs:complexType></xs:element></xs:schema>
            """, to: "a.xsd")
        let outcome = try run("a.xml", "--schema", "a.xsd")
        #expect(
            outcome.output == """
                a.xml:1:11: error: [schema-violation] b@ref: found '2', expected a value of the atomic type \
                'xs:IDREF'; write what the schema wants (/a/b[1], byte 10)
                    <a id='1'><b ref='2'>x</b></a>
                              ^
                a.xsd:3:45: note: that values of type xs:IDREF name an xs:ID of the document is not enforced (1 use)
                a.xml: invalid, 1 record, 2 elements, 1 error

                What was found
                  rule                layer   findings
                  schema-violation   schema          1

                """)
        #expect(outcome.code == 1)
        try scratch.write("<a id='1'><b ref='b2'>x</b></a>", to: "a.xml")
        let valid = try run("a.xml", "--schema", "a.xsd")
        #expect(valid.code == 0)
        #expect(valid.output.contains("not enforced"))
        #expect(try run("a.xml", "--schema", "absent.xsd").code == 66)
        try scratch.write(
            "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">\n<xs:elemen/></xs:schema>", to: "a.xsd")
        let refused = try run("a.xml", "--schema", "a.xsd")
        #expect(refused.code == 64)
        #expect(refused.error.hasPrefix("a.xsd:2: error: the schema is not used"), "\(refused.error)")
    }

    @Test func aFileOfRows() throws {
        let outcome = try run(Sample.charges)
        #expect(outcome.code == 1)
        #expect(outcome.output.contains("charges.csv:1349:56: error: [invalid-amount] amount: found 9,99"))
        #expect(outcome.output.contains("charges.csv: invalid, native-charges, 2,763 records, 1 error\n"))
    }

    @Test func anEmptyFile() throws {
        try scratch.write("", to: "charges.xml")
        let outcome = try run("charges.xml")
        #expect(outcome.code == 65)
        #expect(outcome.output.contains("[empty-file]"))
    }

    @Test(arguments: [
        ["--report", "pdf", "a.xml"], ["--threads", "0", "a.xml"], ["--max-errors", "-1", "a.xml"], ["-", "-"], [],
    ])
    func aWrongCommandLine(arguments: [String]) throws {
        #expect(try Rinnovo.command(["validate"] + arguments).run().code == 64)
    }

    @Test func aCompressedFile() throws {
        try scratch.write(Self.wrongAmount, to: "charges.xml")
        let plain = try run("charges.xml", "--report", "jsonl")
        for (tool, ending) in [("gzip -k", "gz"), ("zstd -q", "zst")] {
            _ = try Command.shell("\(tool) charges.xml", in: scratch.path)
            let packed = try run("charges.xml.\(ending)", "--report", "jsonl")
            #expect(packed.code == 1, "\(packed.report)")
            #expect(packed.output == plain.output.replacing("charges.xml", with: "charges.xml.\(ending)"))
        }
    }

    @Test(arguments: ["utf-16", "utf-16-le", "utf-16-be", "iso-8859-1", "windows-1252"])
    func encodings(name: String) throws {
        let header = name.hasPrefix("utf-16") ? "UTF-16" : name
        let text = Self.wrongAmount.replacing("UTF-8", with: header).replacing("S1", with: "Sü1")
        try scratch.write(text, to: "utf8.xml")
        _ = try Command.shell(
            "python3 -c \"import sys; t = open('utf8.xml').read(); "
                + "open('charges.xml', 'wb').write(t.encode('\(name)'))\"", in: scratch.path)
        let outcome = try run("charges.xml", "--report", "jsonl")
        #expect(outcome.code == 1, "\(outcome.report)")
        #expect(outcome.output.contains("\"line\": 8, \"column\": 5,"), "\(outcome.output)")
    }

    /// Places are exact where libxml2's own lines end at 65,535.
    @Test(arguments: ["1", "2"])
    func manyLines(threads: String) throws {
        let (start, end) = ("<charges>\n", "</charges>\n")
        let record = try #require(Self.sound.firstMatch(of: /\ {2}<charge>[^!]*<\/charge>\n/)).output
        let wrong = record.replacing("9.99", with: "9,99")
        try scratch.write(
            start + String(repeating: String(record), count: 10_000) + wrong + end, to: "charges.xml")
        let outcome = try run("charges.xml", "--threads", threads)
        #expect(outcome.output.hasPrefix("charges.xml:90007:5: error:"), "\(outcome.output)")
        #expect(outcome.output.contains("/charges/charge[10001]/amount"))
    }
}
