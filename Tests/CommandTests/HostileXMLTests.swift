import Foundation
import Testing

/// XML that was made to do harm, as a file of charges: refused at once, in little memory, with a place.
@Suite struct HostileXMLTests {
    /// A document and the rule that it breaks.
    struct Document: CustomTestStringConvertible, Sendable {
        let name: String
        let rule: String
        var prologue = ""
        var before = ""
        /// What is repeated between `before` and `after`, and how often.
        var filling = ""
        var count = 0
        var after = ""
        /// How much memory the reading may take; each finding of the blocks in work takes some.
        var megabytes = 64

        var testDescription: String { name }

        var bytes: [UInt8] {
            var bytes = Array((prologue + before).utf8)
            let piece = Array(filling.utf8)
            bytes.reserveCapacity(bytes.count + piece.count * count + after.utf8.count)
            for _ in 0..<count { bytes += piece }
            return bytes + Array(after.utf8)
        }
    }

    private static let open = "<charges>\n<charge>\n<charge_id>"
    private static let close = "</charge_id></charge></charges>"
    private static let megabytes = 24 << 20

    static let documents = [
        Document(
            name: "external entity", rule: "document-type",
            prologue: "<?xml version=\"1.0\"?>\n<!DOCTYPE charges [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>\n",
            before: open + "&e;" + close),
        Document(
            name: "parameter entity", rule: "document-type",
            prologue: "<!DOCTYPE charges [<!ENTITY % p SYSTEM \"http://127.0.0.1:9/p.dtd\"> %p;]>", before: open + close
        ),
        Document(
            name: "external DTD", rule: "document-type",
            prologue: "<!DOCTYPE charges SYSTEM \"http://127.0.0.1:9/charges.dtd\">", before: open + close),
        Document(
            name: "billion laughs", rule: "document-type",
            prologue: "<!DOCTYPE charges [<!ENTITY a \"ha\">"
                + (1..<10).map { level in
                    let inner = String(repeating: level == 1 ? "&a;" : "&a\(level - 1);", count: 10)
                    return "<!ENTITY a\(level) \"\(inner)\">"
                }.joined() + "]>", before: open + "&a9;" + close),
        Document(
            name: "quadratic blow-up", rule: "document-type",
            prologue: "<!DOCTYPE charges [<!ENTITY a \"\(String(repeating: "a", count: 80_000))\">]>", before: open,
            filling: "&a;", count: 27_000, after: close),
        Document(name: "depth", rule: "xml-limit", before: open, filling: "<a>", count: 100_000, after: close),
        Document(
            name: "attributes", rule: "xml-limit", before: "<charges>\n<charge", filling: " a=\"1\"", count: 100_000,
            after: "/></charges>"),
        Document(
            name: "text", rule: "xml-limit", before: open, filling: "abcdefgh", count: megabytes / 8, after: close),
        Document(
            name: "text between records", rule: "xml-limit", before: "<charges>\n<charge/>\n",
            filling: "abcdefgh", count: megabytes / 8, after: "</charges>"),
        Document(
            name: "CDATA", rule: "xml-limit", before: open + "<![CDATA[", filling: "abcdefgh", count: megabytes / 8,
            after: "]]>" + close),
        Document(
            name: "comment", rule: "xml-limit", before: open + "<!--", filling: "abcdefgh", count: megabytes / 8,
            after: "-->" + close),
        Document(
            name: "instruction", rule: "xml-limit", before: open + "<?p ", filling: "abcdefgh", count: megabytes / 8,
            after: "?>" + close),
        Document(
            name: "comment ahead of the root", rule: "xml-limit", before: "<!--", filling: "abcdefgh",
            count: megabytes / 8, after: "-->" + open + close),
        Document(
            name: "attribute", rule: "xml-limit", before: "<charges>\n<charge a=\"", filling: "abcdefgh",
            count: megabytes / 8, after: "\"/></charges>"),
        Document(
            name: "name", rule: "xml-limit", before: "<charges>\n<charge><", filling: "abcdefgh", count: megabytes / 8,
            after: "/></charge></charges>"),
        Document(
            name: "record", rule: "xml-limit", before: "<charges>\n<charge>", filling: "<a>b</a>\n", count: 2_000_000,
            after: "</charge></charges>"),
        Document(name: "NUL", rule: "not-well-formed", before: open + "a\0b" + close),
        Document(
            name: "encoding that lies", rule: "not-well-formed",
            prologue: "<?xml version=\"1.0\" encoding=\"UTF-16\"?>", before: open + "a" + close),
        Document(
            name: "ASCII that is none", rule: "not-well-formed",
            prologue: "<?xml version=\"1.0\" encoding=\"US-ASCII\"?>", before: open + "é" + close),
        Document(
            name: "unknown encoding", rule: "unknown-encoding",
            prologue: "<?xml version=\"1.0\" encoding=\"UTF-7\"?>", before: open + "a" + close),
        Document(name: "truncated", rule: "not-well-formed", before: open + "C1</charge_id></charge>"),
        Document(name: "truncated in a tag", rule: "not-well-formed", before: open + "C1</charge_"),
        Document(name: "truncated behind the root", rule: "not-well-formed", before: "<charges>"),
        Document(name: "trailing text", rule: "not-well-formed", before: open + close + "\nx"),
        Document(name: "second root", rule: "not-well-formed", before: open + close + "\n" + open + close),
        Document(name: "undeclared entity", rule: "not-well-formed", before: open + "&e;" + close),
        Document(name: "undeclared prefix", rule: "not-well-formed", before: "<charges>\n<x:charge/></charges>"),
        Document(
            name: "faults without number", rule: "unexpected-element", before: "<charges>\n", filling: "<charge/>x\n",
            count: 100_000, after: "</charges>", megabytes: 192),
    ]

    private func expectRefusal(_ bytes: [UInt8], _ rule: String, placed: Bool = true, megabytes: Int = 64) throws {
        let scratch = try TemporaryDirectory()
        let charges = try scratch.write(bytes, to: "charges.xml")
        let subscriptions = try scratch.write(SmallAudit.subscriptions, to: "subscriptions.csv")
        var command = try Rinnovo.command(
            Rinnovo.audit(
                subscriptions, [charges], from: SmallAudit.from, to: SmallAudit.to, output: scratch.path("out"),
                "--threads", "2"))
        command.memoryLimit = megabytes << 20
        let outcome = try command.run()
        #expect(outcome.code == 65, "\(outcome.report.prefix(2000))")
        // Less than a second in a release build on a free machine; tests have neither.
        #expect(outcome.seconds < 20)
        #expect(outcome.output == "")
        #expect(try scratch.names() == ["charges.xml", "subscriptions.csv"])
        let line = outcome.error.split(separator: "\n").first { $0.contains("[\(rule)]") }
        let told = try #require(line, "\(outcome.report.prefix(2000))")
        let hasPlace = told.prefixMatch(of: /charges\.xml:\d+:\d+: error:/) != nil
        #expect(hasPlace == placed && told.hasPrefix("charges.xml:"), "\(told)")
        #expect(told.contains("; "), "no remedy: \(told)")
        // A damaged first record is not a file without records.
        #expect(rule == "no-records" || !outcome.error.contains("[no-records]"), "\(outcome.report.prefix(2000))")
    }

    @Test(arguments: documents)
    func isRefused(document: Document) throws {
        try expectRefusal(document.bytes, document.rule, megabytes: document.megabytes)
    }

    @Test(arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xC3]] as [[UInt8]])
    func badUTF8(bytes: [UInt8]) throws {
        try expectRefusal(Array(Self.open.utf8) + bytes + Array(Self.close.utf8), "not-well-formed")
    }

    /// Files without a charge, and files of something else.
    static let others: [(text: String, rule: String, placed: Bool)] = [
        ("", "empty-file", false), ("<charges/>", "no-records", false), ("<charges></charges>", "no-records", false),
        ("<charges>\n<!-- none -->\n</charges>\n", "no-records", false),
        ("<!-- nothing -->\n", "not-well-formed", true), ("<?xml version=\"1.0\"?>\n", "not-well-formed", true),
        ("<usages><usage/><usage/><usage/></usages>", "wrong-root-element", true),
        ("<charge><charge_id>1</charge_id></charge>", "wrong-root-element", true),
        ("<charges xmlns=\"urn:x\">\(SmallAudit.record)</charges>", "wrong-root-element", true),
        ("<x:charges xmlns:x=\"urn:x\">\(SmallAudit.record)</x:charges>", "wrong-root-element", true),
        ("<charges><x:charge xmlns:x=\"urn:x\"/></charges>", "unexpected-element", true),
    ]

    @Test(arguments: others)
    func isNoFileOfCharges(text: String, rule: String, placed: Bool) throws {
        try expectRefusal(Array(text.utf8), rule, placed: placed)
    }

    @Test(.enabled(if: Strace.isUsable, "strace is not installed or not allowed: OPENED FILES ARE NOT TESTED"))
    func nothingElseIsOpened() throws {
        for document in Self.documents.prefix(5) {
            let scratch = try TemporaryDirectory()
            let charges = try scratch.write(document.bytes, to: "charges.xml")
            let command = try Rinnovo.command(
                Rinnovo.audit(
                    Sample.subscriptions, [charges], output: scratch.path("out"), "--threads", "1"))
            let (calls, outcome) = try Strace.calls(of: command, ["open", "openat", "openat2", "creat", "%network"])
            #expect(outcome.code == 65, "\(outcome.report.prefix(2000))")
            let parent = URL(fileURLWithPath: scratch.path).resolvingSymlinksInPath().path
            #expect(calls.contains { $0.line.contains("charges.xml") })
            for call in calls {
                #expect(call.name.hasPrefix("open") || call.name == "creat", "\(document.name): \(call.line)")
                guard let path = call.line.firstMatch(of: /= \d+<([^>]*)>$/)?.1 else { continue }
                let isNamed = path.hasPrefix(parent) || path.hasSuffix("/samples/easy-pay/subscriptions.csv")
                let isOfTheSystem =
                    path.contains(".so") || path.hasSuffix("/maps") || path.hasPrefix("/sys/devices/system/cpu/")
                #expect(isNamed || isOfTheSystem, "\(document.name): \(call.line)")
            }
            #expect(!calls.contains { $0.line.contains("passwd") || $0.line.contains(".dtd") })
        }
    }

    /// A sound document of more than 12 MB with CRLF; the charges of the small audit and very many of nothing.
    @Test func aLargeDocumentWithCarriageReturnsIsRead() throws {
        let scratch = try TemporaryDirectory()
        let sound = NativeXML.charges(SmallAudit.charges, lineEnd: "\r\n")
        let record =
            "  <charge>\r\n    <charge_id>X</charge_id>\r\n    <subscription_id>S1</subscription_id>\r\n"
            + "    <kind>addon</kind>\r\n    <charged_on>2025-03-01</charged_on>\r\n    <period_start></period_start>\r\n"
            + "    <period_end></period_end>\r\n    <amount>0.10</amount>\r\n    <currency>EUR</currency>\r\n"
            + "    <status>posted</status>\r\n  </charge>\r\n"
        let more = String(repeating: record, count: (13 << 20) / record.utf8.count)
        let text = sound.replacing("</charges>", with: more + "</charges>")
        #expect(text.utf8.count > 12 << 20)
        let charges = try scratch.write(text, to: "charges.xml")
        let outcome = try Rinnovo.command(
            Rinnovo.audit(
                try scratch.write(SmallAudit.subscriptions, to: "s.csv"), [charges], from: SmallAudit.from,
                to: SmallAudit.to, output: scratch.path("out"))
        ).run()
        #expect(outcome.code == 0, "\(outcome.report.prefix(2000))")
    }
}

extension SmallAudit {
    /// A sound record in XML.
    fileprivate static let record =
        "<charge><charge_id>C1</charge_id><subscription_id>S1</subscription_id><kind>addon</kind>"
        + "<charged_on>2025-03-01</charged_on><period_start></period_start><period_end></period_end>"
        + "<amount>1.00</amount><currency>EUR</currency><status>posted</status></charge>"
}
