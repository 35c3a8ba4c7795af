import Testing

@testable import BillingFiles

@Suite("What is wrong with an XML file is told where it stands")
struct XMLFaultPlaceTests {
    /// Documents with a mark where the finding must be, whose name is the rule.
    static let documents = [
        "<charges><charge><amount>⟨invalid-amount⟩9,99</amount></charge></charges>",
        "<?xml version=\"1.0\"?>\r\n<charges>\r\n<charge>\r\n <amount>⟨invalid-amount⟩9,99</amount>\r\n</charge>\r\n</charges>\r\n",
        "\u{FEFF}<charges>\n<charge><amount>⟨invalid-amount⟩9,99</amount></charge></charges>",
        "<charges><!-- é€ --><charge><charge_id>é€</charge_id><amount>⟨invalid-amount⟩9,99</amount></charge></charges>",
        "<charges>\n<charge>\n<amount>1</amount>⟨duplicate-element⟩<amount>1</amount></charge></charges>",
        "<charges>\n<charge>\n<amount>⟨unexpected-element⟩<b>1</b></amount></charge></charges>",
        "<charges>\n<charge>\n<amount>1</amount>⟨unexpected-element⟩<charge/></charge></charges>",
        "<charges>\n<charge/>\n⟨unexpected-element⟩<usage><amount>1</amount></usage></charges>",
        "<charges>\n ⟨unexpected-element⟩<charge>x<amount>1</amount></charge></charges>",
        "<charges><charge/>\n ⟨unexpected-element⟩<charge><amount>1</amount>x</charge></charges>",
        "<charges><charge/>⟨unexpected-element⟩x<charge/></charges>",
        "<?xml version=\"1.0\"?>\n\n  ⟨wrong-root-element⟩<usages><usage/></usages>",
        "<?xml version=\"1.0\"?>\n<!-- c -->⟨wrong-root-element⟩<charges xmlns=\"urn:x\">\n<charge></charge>\n</charges>",
        "\n ⟨wrong-root-element⟩<x:charges xmlns:x=\"urn:x\">\n<charge><amount>1</amount></charge>\n</x:charges>",
    ]

    @Test(arguments: documents, [64, 300, 1 << 16])
    func place(document: String, blockSize: Int) throws {
        for padded in [false, true] {
            // Sound records ahead, so that the fault stands in a later block.
            let record =
                "<charge><charge_id>C</charge_id><subscription_id>S</subscription_id><kind>addon</kind>"
                + "<charged_on>2025-01-01</charged_on><amount>1.00</amount><currency>EUR</currency><status>posted</status></charge>"
            let text =
                padded
                ? document.replacing("<charges>", with: "<charges>" + String(repeating: record, count: 9)) : document
            if padded, text == document { continue }
            let marked = MarkedText(text)
            let mark = try #require(marked.marks.first)
            let scratch = try ScratchDirectory()
            let path = try scratch.write(marked.bytes, to: "c.xml")
            let findings: [InputFinding]
            do {
                findings = try ChargesReadAll(paths: [path], blockSize: blockSize).findings
            } catch let list as InputFindingList {
                findings = list.findings
            }
            let finding = try #require(findings.first { $0.rule.rawValue == mark.name }, "\(document): \(findings)")
            #expect(finding.place.line == mark.line, "\(document): \(finding)")
            #expect(finding.place.column == mark.column, "\(document): \(finding)")
            #expect(finding.place.byteOffset == UInt64(mark.byteOffset), "\(document): \(finding)")
        }
    }

    @Test(
        "The rule is told that is broken, once",
        arguments: [
            ("<charges>", "not-well-formed"), ("<?xml version=\"1.0\"?>\n<charges>\n", "not-well-formed"),
            ("<charges><charge>", "not-well-formed"), ("<charges></charges><charges/>", "not-well-formed"),
            ("<charges></charges>x", "not-well-formed"), ("<!-- nothing -->", "not-well-formed"),
            ("<!DOCTYPE charges><charges/>", "document-type"), ("<charges>\u{0}</charges>", "not-well-formed"),
            ("<?xml version=\"1.0\" encoding=\"EBCDIC-XX\"?><charges/>", "unknown-encoding"),
            ("<?xml version=\"1.0\" encoding=\"UTF-16\"?><charges/>", "not-well-formed"),
        ], [64, 1 << 16])
    func rule(document: (text: String, rule: String), blockSize: Int) throws {
        let scratch = try ScratchDirectory()
        let path = try scratch.write(Array(document.text.utf8), to: "c.xml")
        let read = try ChargesReadAll(paths: [path], blockSize: blockSize)
        #expect(read.findings.map(\.rule.rawValue) == [document.rule], "\(document.text): \(read.findings)")
    }

    @Test("A record that is too long is told as such, and nothing else", arguments: [64, 4096])
    func longRecord(blockSize: Int) throws {
        let scratch = try ScratchDirectory()
        let text = "<charges>\n<charge>" + String(repeating: "<x>1</x>", count: 5000) + "</charge>\n</charges>"
        let path = try scratch.write(Array(text.utf8), to: "c.xml")
        let read = try ChargesReadAll(paths: [path], blockSize: blockSize, maximumRecordBytes: 8192)
        #expect(read.findings.map(\.rule.rawValue) == ["xml-limit"], "\(read.findings)")
        #expect(read.findings.first?.place.byteOffset == 10)
    }

    @Test(
        "What stands ahead of the root does not matter",
        arguments: [
            "<?xml-stylesheet href=\"a>b\"?>", "<?xml version=\"1.0\"?><?xml-stylesheet href=\"a>b\"?>",
            "<!-- ? > -->\n",
            "<?xml version=\"1.0\"?>\n<!-- <charges> -->\n", "\u{FEFF}<!-- ? > -->", "\n \n",
        ], EncodedXML.Encoding.allCases)
    func prologue(text: String, encoding: EncodedXML.Encoding) throws {
        // Without a declaration an encoding is known by its mark alone.
        guard ![.latin1, .windows1252].contains(encoding), encoding == .utf8 || !text.hasPrefix("\u{FEFF}") else {
            return
        }
        var xml = EncodedXML(encoding)
        let record =
            "<charge>\n<charge_id>C</charge_id><subscription_id>S</subscription_id><kind>addon</kind>"
            + "<charged_on>2025-01-01</charged_on><amount>1.00</amount><currency>EUR</currency><status>posted</status></charge>"
        xml.put(text + "<charges>" + String(repeating: record, count: 9) + "</charges>\n")
        let scratch = try ScratchDirectory()
        let path = try scratch.write(xml.bytes, to: "c.xml")
        for blockSize in [64, 500, 1 << 16] {
            let read = try ChargesReadAll(paths: [path], blockSize: blockSize)
            #expect(read.findings.isEmpty && read.charges.count == 9, "\(text): \(read.findings)")
        }
    }

    /// Where each finding read the file from its beginning, this took longer than anybody waits.
    @Test("Very many findings take no longer than their bytes", .timeLimit(.minutes(10)), arguments: [false, true])
    func manyFindings(isBroken: Bool) throws {
        let record = "<charge><subscription_id>S</subscription_id></charge>" + (isBroken ? "x\n" : "\n")
        let text = "<charges>\n" + String(repeating: record, count: 12_000) + "</charges>\n"
        let scratch = try ScratchDirectory()
        let path = try scratch.write(Array(text.utf8), to: "c.xml")
        let read = try ChargesReadAll(paths: [path], blockSize: 1 << 20)
        #expect(read.findings.count { $0.rule == .unexpectedElement } == (isBroken ? 12_000 : 0))
        #expect(read.findings.last?.place.line == 12_001)
    }
}
