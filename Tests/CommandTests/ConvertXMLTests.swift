import Foundation
import TestSupport
import Testing

/// `rinnovo convert` from XML, and the way there and back.
@Suite struct ConvertXMLTests {
    private let scratch: TemporaryDirectory

    init() throws {
        scratch = try TemporaryDirectory()
    }

    private func convert(_ arguments: String..., input: [UInt8]? = nil) throws -> Command.Outcome {
        var command = try Rinnovo.command(["convert"] + arguments)
        command.directory = scratch.path
        command.input = input
        return try command.run()
    }

    @Test(arguments: [Sample.charges, Sample.subscriptions])
    func theSampleComesBackByteForByte(path: String) throws {
        #expect(try convert(path, "a.xml").code == 0)
        #expect(try convert("a.xml", "b.csv").code == 0)
        #expect(try scratch.bytes(of: "b.csv") == Array(Data(contentsOf: URL(fileURLWithPath: path))))
        #expect(try convert("b.csv", "c.xml.gz").code == 0)
        #expect(try convert("c.xml.gz", "d.xml").code == 0)
        #expect(try scratch.bytes(of: "d.xml") == scratch.bytes(of: "a.xml"))
    }

    /// Random tables, with columns of odd names, there and back in both directions.
    @Test(arguments: 0..<25)
    func randomTables(number: Int) throws {
        var random = SplitMix64(seed: testSeed &+ UInt64(number))
        let records = RandomNativeTable.records(&random)
        let text = RandomNativeTable.text(records)
        try scratch.write(text, to: "a.csv")
        let there = try convert("a.csv", "a.xml")
        #expect(there.code == 0, "seed \(testSeed)\n\(there.report)")
        let back = try convert("a.xml", "b.csv")
        #expect(back.code == 0, "seed \(testSeed)\n\(back.report)")
        #expect(try scratch.text(of: "b.csv") == text, "seed \(testSeed)")
        let again = try convert("-", "-", "--to", "xml", input: try scratch.bytes(of: "b.csv"))
        #expect(again.outputBytes == (try scratch.bytes(of: "a.xml")), "seed \(testSeed)")
        // Another program sees the same values.
        if number < 5, Command.exists("xmllint") {
            _ = try Command.shell("xmllint --noout a.xml", in: scratch.path)
        }
    }

    private static let header =
        "charge_id,subscription_id,kind,charged_on,period_start,period_end,amount,currency,status"

    @Test func elementsInAnyOrderAndMissingOnes() throws {
        try scratch.write(
            "<charges>\n<charge><status>posted</status><charge_id>C1</charge_id></charge><charge/></charges>",
            to: "c.xml")
        let outcome = try convert("c.xml", "-", "--to", "csv")
        #expect(outcome.code == 0, "\(outcome.report)")
        #expect(outcome.output == Self.header + "\nC1,,,,,,,,posted\n,,,,,,,,\n")
        #expect(outcome.error == "converted 2 charges from XML to CSV\n")
    }

    /// An event has an element of its own name.
    @Test func events() throws {
        try scratch.write(
            "<events><event><event>ended</event><value>1</value></event><event><event></event></event></events>",
            to: "e.xml")
        let outcome = try convert("e.xml", "-", "--to", "csv")
        #expect(outcome.code == 0, "\(outcome.report)")
        #expect(outcome.output == "subscription_id,event,effective_on,until,value\n,ended,,,1\n,,,,\n")
    }

    /// A column that first comes at the end makes the table wider from its first row on.
    @Test(arguments: [false, true], ["csv", "xml"])
    func aColumnThatComesLate(isPiped: Bool, target: String) throws {
        let plain = "<charge><charge_id>C</charge_id></charge>\n"
        let late = "<charge><charge_id>L</charge_id><late>1</late><column name=\"x y\">2</column></charge>\n"
        let text = "<charges>\n" + String(repeating: plain, count: 30_000) + late + plain + "</charges>\n"
        try scratch.write(text, to: "c.xml")
        let outcome = try convert(
            isPiped ? "-" : "c.xml", "out.\(target)", "--strict", input: isPiped ? Array(text.utf8) : nil)
        #expect(outcome.code == 0, "\(outcome.report)")
        if target == "xml" { #expect(try convert("out.xml", "out.csv").code == 0) }
        let lines = try scratch.text(of: "out.csv").split(separator: "\n")
        #expect(lines.count == 30_003)
        #expect(lines[0] == Self.header + ",late,x y")
        #expect(lines[1] == "C,,,,,,,,,,")
        #expect(lines[30_001] == "L,,,,,,,,,1,2")
        #expect(lines[30_002] == "C,,,,,,,,,,")
    }

    @Test func optionalColumnsComeBeforeOthers() throws {
        try scratch.write(
            "<subscriptions><subscription><zz>1</zz><previous_ids>p</previous_ids></subscription>"
                + "<subscription><calendar>c</calendar></subscription></subscriptions>", to: "s.xml")
        let outcome = try convert("s.xml", "-", "--to", "csv", "-q")
        #expect(outcome.code == 0, "\(outcome.report)")
        #expect(outcome.output.hasPrefix("subscription_id,msisdn,"))
        #expect(outcome.output.contains(",payment_method,calendar,previous_ids,zz\n,,,,,,,,,,p,1\n,,,,,,,,,c,,\n"))
    }

    /// What CSV cannot carry is listed with its place in the record, and the rest is carried.
    @Test func whatCSVCannotCarry() throws {
        let text = """
            <?xml version="1.0"?><!-- first --><charges xmlns:x="urn:x" x:of="7">
            <charge id="1"><charge_id unit="a">C1</charge_id><x:more>m</x:more><note>a<b c="d">lost</b>z</note><!-- c -->
            </charge><charge id="2"><?go on?></charge></charges>
            """
        try scratch.write(text, to: "c.xml")
        for target in ["csv", "xml"] {
            let outcome = try convert("c.xml", "-", "--to", target, "--quiet")
            #expect(outcome.code == 1, "\(outcome.report)")
            let lines = outcome.error.split(separator: "\n").map(String.init)
            #expect(lines.first == "native \(target.uppercased()) cannot carry:")
            #expect(
                Set(lines.dropFirst()) == [
                    "  2 comments", "  @id: 2 attributes", "  charge_id/@unit: 1 attribute",
                    "  x:more: 1 element in a namespace", "  note/b: 1 element in a value", "  note/@c: 1 attribute",
                    "  1 processing instruction",
                ])
            #expect(outcome.output.contains(target == "csv" ? "C1,,,,,,,,,az\n" : "<note>az</note>"))
            let strict = try convert("c.xml", "-", "--to", target, "--strict")
            #expect(strict.code == 1)
            #expect(strict.output == "")
            #expect(strict.error.contains("note/b: 1 element in a value"))
        }
    }

    /// White space around a value of ours means nothing; taking it away is told.
    @Test func whiteSpaceAroundValues() throws {
        try scratch.write(
            "<charges><charge><charge_id>\n  C1\n</charge_id><amount> 9.99</amount><note> n </note></charge></charges>",
            to: "c.xml")
        let outcome = try convert("c.xml", "-", "--to", "csv")
        #expect(outcome.code == 0, "\(outcome.report)")
        #expect(outcome.output == Self.header + ",note\nC1,,,,,,9.99,,, n \n")
        #expect(
            outcome.error == """
                converted 1 charge from XML to CSV
                  corrected: charge_id: white space around 1 value left out
                  corrected: amount: white space around 1 value left out

                """)
    }

    @Test(arguments: ["UTF-16", "UTF-8", "ISO-8859-1"])
    func encodings(name: String) throws {
        let text =
            "<?xml version=\"1.0\" encoding=\"\(name)\"?><charges><charge><charge_id>é</charge_id></charge></charges>"
        let encodings: [String: String.Encoding] = ["UTF-16": .utf16, "UTF-8": .utf8, "ISO-8859-1": .isoLatin1]
        let bytes = try #require(encodings[name].flatMap { text.data(using: $0) })
        try scratch.write(bytes, to: "c.xml")
        let outcome = try convert("c.xml", "-", "--to", "csv")
        #expect(outcome.output == Self.header + "\né,,,,,,,,\n", "\(outcome.report)")
    }

    static let broken: [(text: String, rule: String)] = [
        ("<charges><charge></charges>", "not-well-formed"), ("<charges><charge>", "not-well-formed"),
        ("<charges/>x", "not-well-formed"), ("<bills/>", "wrong-root-element"),
        ("<charges xmlns=\"u\"/>", "wrong-root-element"), ("<charges><x/></charges>", "unexpected-element"),
        ("<charges>text</charges>", "unexpected-element"),
        ("<charges><charge><amount>1<b/></amount></charge></charges>", "unexpected-element"),
        ("<charges><charge><amount>1</amount><amount>1</amount></charge></charges>", "duplicate-element"),
        ("<charges><charge><n>1</n><n>1</n></charge></charges>", "duplicate-element"),
        ("<charges><charge><n>1</n><column name=\"n\">1</column></charge></charges>", "duplicate-element"),
        ("<!DOCTYPE charges><charges/>", "document-type"),
    ]

    @Test(arguments: broken)
    func brokenStructure(text: String, rule: String) throws {
        try scratch.write(text, to: "c.xml")
        for target in ["out.csv", "out.xml"] {
            let outcome = try convert("c.xml", target)
            #expect(outcome.code == 65, "\(outcome.report)")
            #expect(outcome.error.contains("c.xml:1:"), "\(outcome.report)")
            #expect(outcome.error.contains("[\(rule)]"), "\(outcome.report)")
            #expect(try scratch.names() == ["c.xml"])
        }
    }

    /// The content tells the format and the name does not; what `--from` says must be so.
    @Test func theFormatIsToldByContent() throws {
        #expect(try convert(Sample.charges, "a.xml").code == 0)
        #expect(try convert("a.xml", "b.csv", "--from", "native-xml").code == 0)
        try FileManager.default.moveItem(atPath: scratch.path("a.xml"), toPath: scratch.path("a.csv"))
        #expect(try convert("a.csv", "c.csv").code == 0)
        #expect(try scratch.bytes(of: "c.csv") == Sample.chargeBytes())
        let asCSV = try convert("a.csv", "d.csv", "--from", "csv")
        #expect(asCSV.code == 65)
        #expect(asCSV.error.contains("a.csv:1:15: error: [quote-in-unquoted-field]"))
        let asXML = try convert("c.csv", "d.csv", "--from", "xml")
        #expect(asXML.code == 65)
        #expect(asXML.error.contains("[not-well-formed]"))
        #expect(try !scratch.names().contains("d.csv"))
    }

    /// A first column of such a name makes CSV look like XML.
    @Test func csvThatBeginsLikeXML() throws {
        let text = "<note>,subscription_id,event,effective_on,until,value\nn,S1,ended,2025-01-01,,\n"
        try scratch.write(text, to: "e.csv")
        #expect(try convert("e.csv", "e.xml").code == 65)
        let outcome = try convert("e.csv", "-", "--from", "csv", "--to", "csv", "-q")
        #expect(outcome.output == "subscription_id,event,effective_on,until,value,<note>\nS1,ended,2025-01-01,,,n\n")
    }

    @Test func elementsOfTooManyNames() throws {
        let fields = (0...10_000).map { "<n\($0)/>" }.joined()
        try scratch.write("<charges><charge>\(fields)</charge></charges>", to: "c.xml")
        let outcome = try convert("c.xml", "out.csv")
        #expect(outcome.code == 65, "\(outcome.report)")
        #expect(outcome.error.contains("[xml-limit]"))
        #expect(try scratch.names() == ["c.xml"])
    }

    /// Every record has a comment, so one parser reads the file from front to back.
    @Test func memoryStaysFlat() throws {
        let record = "<charge><charge_id>C</charge_id><note>some text</note><!-- c --></charge>\n"
        for (name, text) in [("a", record), ("b", record.replacing("<!-- c -->", with: ""))] {
            try scratch.write("<charges>" + String(repeating: text, count: 300_000) + "</charges>", to: "\(name).xml")
            var command = try Rinnovo.command(
                ["convert", scratch.path("\(name).xml"), scratch.path("\(name).csv"), "--threads", "2"])
            command.memoryLimit = 96 << 20
            let outcome = try command.run()
            #expect(outcome.code == (name == "a" ? 1 : 0), "\(outcome.report)")
        }
        #expect(try scratch.bytes(of: "a.csv") == scratch.bytes(of: "b.csv"))
    }
}
