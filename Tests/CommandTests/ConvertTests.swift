import Foundation
import Testing

/// `rinnovo convert` from CSV: to XML, and to CSV in its canonical form.
@Suite struct ConvertTests {
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

    private static let events = "subscription_id,event,effective_on,until,value\n"

    @Test func canonicalXML() throws {
        try scratch.write(
            "note,until,subscription_id,event,effective_on,Customer name,value\n"
                + "\"a, \"\"b\"\" <&>\r\n\",,S1,suspended,2025-01-01,Zoë,\n,,S2,ended,2025-02-01,\"x\",1\n", to: "e.csv"
        )
        let outcome = try convert("e.csv", "e.xml")
        #expect(outcome.code == 0, "\(outcome.report)")
        #expect(outcome.error == "converted 2 events from CSV to XML\n")
        #expect(outcome.output == "")
        #expect(
            try scratch.text(of: "e.xml") == """
                <?xml version="1.0" encoding="UTF-8"?>
                <events>
                  <event>
                    <subscription_id>S1</subscription_id>
                    <event>suspended</event>
                    <effective_on>2025-01-01</effective_on>
                    <until></until>
                    <value></value>
                    <note>a, "b" &lt;&amp;&gt;&#13;
                </note>
                    <column name="Customer name">Zoë</column>
                  </event>
                  <event>
                    <subscription_id>S2</subscription_id>
                    <event>ended</event>
                    <effective_on>2025-02-01</effective_on>
                    <until></until>
                    <value>1</value>
                    <note></note>
                    <column name="Customer name">x</column>
                  </event>
                </events>

                """)
    }

    @Test func canonicalCSV() throws {
        try scratch.write(
            "note,until,subscription_id,event,effective_on,value\r\n\"plain\",,S1,ended,2025-01-01,\"1,5\"", to: "e.csv"
        )
        let outcome = try convert("e.csv", "-", "--to", "csv", "--quiet")
        #expect(outcome.code == 0, "\(outcome.report)")
        #expect(outcome.error == "")
        #expect(outcome.output == Self.events.dropLast() + ",note\nS1,ended,2025-01-01,,\"1,5\",plain\n")
    }

    @Test func fromStandardInputAndToIt() throws {
        let outcome = try convert("-", "-", "--to", "native-xml", input: try Sample.chargeBytes())
        #expect(outcome.code == 0, "\(outcome.report)")
        #expect(try convert(Sample.charges, "c.xml").code == 0)
        #expect(try scratch.bytes(of: "c.xml") == outcome.outputBytes)
    }

    @Test(arguments: ["1", "2", "7"])
    func theNumberOfThreadsChangesNothing(threads: String) throws {
        #expect(try convert(Sample.charges, "a.xml").code == 0)
        #expect(try convert(Sample.charges, "b.xml", "--threads", threads).code == 0)
        #expect(try scratch.bytes(of: "a.xml") == scratch.bytes(of: "b.xml"))
    }

    @Test(arguments: [("c.xml.gz", "gzip"), ("c.csv.zst", "zstd")])
    func compressedByName(name: String, program: String) throws {
        try #require(Command.exists(program), "\(program) is not installed")
        #expect(try convert(Sample.charges, name).code == 0)
        _ = try Command.shell("\(program) -qt \(name)", in: scratch.path)
        _ = try Command.shell("\(program) -qdc \(name) > plain", in: scratch.path)
        #expect(try convert(Sample.charges, name == "c.xml.gz" ? "d.xml" : "d.csv").code == 0)
        #expect(try scratch.bytes(of: "plain") == scratch.bytes(of: name == "c.xml.gz" ? "d.xml" : "d.csv"))
    }

    /// What XML cannot carry is counted by field; nothing of it reaches the output raw.
    @Test func whatXMLCannotCarry() throws {
        let text = Self.events + "S1,ended,2025-01-01,,a\u{1}b\u{1F}\nS\u{FFFF}2,ended,2025-01-01,,\u{FFFE}\u{FFFD}\n"
        try scratch.write(text, to: "e.csv")
        let outcome = try convert("e.csv", "e.xml", "--quiet")
        #expect(outcome.code == 1, "\(outcome.report)")
        #expect(
            outcome.error == """
                native XML cannot carry:
                  subscription_id: 1 value with characters that XML cannot carry, written as U+FFFD
                  value: 2 values with characters that XML cannot carry, written as U+FFFD

                """)
        let written = try scratch.text(of: "e.xml")
        #expect(written.contains("<value>a\u{FFFD}b\u{FFFD}</value>"))
        #expect(written.contains("<subscription_id>S\u{FFFD}2</subscription_id>"))
        #expect(written.contains("<value>\u{FFFD}\u{FFFD}</value>"))
    }

    @Test(arguments: ["e.xml", "-"])
    func strictWritesNothing(output: String) throws {
        try scratch.write(Self.events + "S1,ended,2025-01-01,,a\u{1}b\n", to: "e.csv")
        let outcome = try convert("e.csv", output, "--to", "xml", "--strict")
        #expect(outcome.code == 1, "\(outcome.report)")
        #expect(outcome.output == "")
        #expect(outcome.error.contains("value: 1 value with characters that XML cannot carry"))
        #expect(outcome.error.contains("nothing was written"))
        #expect(try scratch.names() == ["e.csv"])
    }

    @Test func aColumnNameThatXMLCannotCarry() throws {
        try scratch.write(Self.events.dropLast() + ",a\u{2}b\nS1,ended,2025-01-01,,,x\n", to: "e.csv")
        let outcome = try convert("e.csv", "e.xml", "-q")
        #expect(outcome.code == 1, "\(outcome.report)")
        #expect(outcome.error.contains("a\\u{2}b: 1 value left out, for XML cannot carry the column's name"))
        #expect(try scratch.text(of: "e.xml").contains("<value></value>\n  </event>"))
    }

    @Test func columnsOfNoRecord() throws {
        try scratch.write(Self.events, to: "e.csv")
        #expect(try convert("e.csv", "e.xml").code == 0)
        try scratch.write(Self.events.dropLast() + ",more\n", to: "f.csv")
        let outcome = try convert("f.csv", "f.xml")
        #expect(outcome.code == 1, "\(outcome.report)")
        #expect(outcome.error.contains("more: 1 column left out"))
    }

    static let broken: [(rows: String, rule: String, place: String)] = [
        ("S1,ended,2025-01-01,,\"open\n", "unclosed-quote", ":2:22"),
        ("S1,ended,2025-01-01\n", "wrong-field-count", ":2:"),
        ("S1,ended,2025-01-01,,,\n", "wrong-field-count", ":2:"),
        ("S1,en\u{0}ded,2025-01-01,,\n", "nul-byte", ":2:6"),
        ("S1,ended,2025-01-01,,1", "truncated-last-row", ":2:"),
        ("S1,en\"ded,2025-01-01,,\n", "quote-in-unquoted-field", ":2:6"),
        ("S1,\"en\"ded,2025-01-01,,\n", "text-after-quote", ":2:8"),
    ]

    @Test(arguments: broken)
    func brokenStructure(rows: String, rule: String, place: String) throws {
        try scratch.write(Self.events + rows, to: "e.csv")
        for more in [[], ["--strict"]] {
            var command = try Rinnovo.command(["convert", "e.csv", "e.xml"] + more)
            command.directory = scratch.path
            let outcome = try command.run()
            #expect(outcome.code == 65, "\(outcome.report)")
            #expect(outcome.error.contains("[\(rule)]"), "\(outcome.report)")
            #expect(outcome.error.contains("e.csv\(place)"), "\(outcome.report)")
            #expect(try scratch.names() == ["e.csv"])
        }
    }

    @Test func badUTF8AndUTF16() throws {
        try scratch.write(Array(Self.events.utf8) + [0x53, 0xFF] + Array(",ended,2025-01-01,,\n".utf8), to: "e.csv")
        #expect(try convert("e.csv", "e.xml").error.contains("[invalid-utf8]"))
        try scratch.write([0xFF, 0xFE] + Self.events.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }, to: "f.csv")
        let outcome = try convert("f.csv", "e.xml")
        #expect(outcome.code == 65)
        #expect(outcome.error.contains("[wrong-encoding]"))
        #expect(try scratch.names() == ["e.csv", "f.csv"])
    }

    @Test func headersOfNoKind() throws {
        try scratch.write("charge_id,subscription_id,kind,charged_on,period_start,period_end,amount\n", to: "c.csv")
        let outcome = try convert("c.csv", "c.xml")
        #expect(outcome.code == 65, "\(outcome.report)")
        #expect(outcome.error.contains("[unknown-layout]"))
        #expect(outcome.error.contains("subscriptions, charges, events, usage"))
        #expect(outcome.error.contains("for charges, the nearest, also currency, status"))
        try scratch.write("a,b,a\n", to: "d.csv")
        #expect(try convert("d.csv", "c.xml").error.contains("[duplicate-column]"))
        try scratch.write("", to: "f.csv")
        #expect(try convert("f.csv", "c.xml").error.contains("[empty-file]"))
        #expect(try scratch.names() == ["c.csv", "d.csv", "f.csv"])
    }

    static let refused: [(arguments: [String], code: Int32, text: String)] = [
        (["c.csv"], 64, "Missing expected argument"),
        (["c.csv", "out.txt"], 64, "does not end with .csv or .xml"),
        (["c.csv", "-"], 64, "--to"),
        (["c.csv", "out.xml", "--to", "parquet"], 64, "--to takes csv, xml, the path of a profile"),
        (["c.csv", "out.xml", "--from", "json"], 64, "--from takes"),
        (["c.csv", "out.xml", "--threads", "0"], 64, "--threads takes 1 to 64"),
        (["none.csv", "out.xml"], 66, "'none.csv'"),
        (["c.csv", "there.xml"], 73, "already exists"),
        (["c.csv", "missing/out.xml"], 73, "cannot create"),
        (["c.csv", "c.csv", "--force"], 73, "is one of the inputs"),
        (["c.csv", "link.xml", "--force"], 73, "is one of the inputs"),
        (["c.csv", "/dev/full", "--to", "xml", "--force"], 73, "not a regular file"),
    ]

    @Test(arguments: refused)
    func refusals(arguments: [String], code: Int32, text: String) throws {
        try scratch.write(Sample.chargeBytes(), to: "c.csv")
        try scratch.write("old", to: "there.xml")
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path("link.xml"), withDestinationPath: scratch.path("c.csv"))
        var command = try Rinnovo.command(["convert"] + arguments)
        command.directory = scratch.path
        let outcome = try command.run()
        #expect(outcome.code == code, "\(outcome.report)")
        #expect(outcome.error.contains(text), "\(outcome.report)")
        #expect(try scratch.names() == ["c.csv", "link.xml", "there.xml"])
        #expect(try scratch.text(of: "there.xml") == "old")
        #expect(try scratch.bytes(of: "c.csv") == Sample.chargeBytes())
    }

    @Test func forceReplaces() throws {
        try scratch.write("old", to: "there.xml")
        #expect(try convert(Sample.charges, "there.xml", "--force").code == 0)
        #expect(try scratch.text(of: "there.xml").hasPrefix("<?xml"))
        #expect(try scratch.names() == ["there.xml"])
    }

    @Test(arguments: [[], ["--strict"]])
    func standardOutputOnAFullDisk(more: [String]) throws {
        var command = try Rinnovo.command(["convert", Sample.charges, "-", "--to", "xml"] + more)
        command.outputPath = "/dev/full"
        let outcome = try command.run()
        #expect(outcome.code == 74, "\(outcome.report)")
        #expect(outcome.error.contains("standard output"))
    }
}
