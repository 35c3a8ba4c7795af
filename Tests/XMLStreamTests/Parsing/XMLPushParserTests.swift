import Foundation
import Testing
import XMLStream

/// Reads a document in chunks of a size and tells its events as lines.
private func lines(_ document: [UInt8], chunk: Int = 1 << 20, blankTextDepth: Int = 0) -> (XMLPushParser, [String]) {
    let parser = XMLPushParser(blankTextDepth: blankTextDepth)
    var told: [String] = []
    var text = ""
    func take() {
        let events = parser.events
        for event in events.list {
            if event.kind != .text, !text.isEmpty {
                told.append("text \(text)")
                text = ""
            }
            let content = String(decoding: events.text(of: event), as: UTF8.self)
            let name = parser.name(event.name)
            switch event.kind {
            case .startElement: told.append("<\(name.local)>\(event.depth) at \(event.offset)+\(event.tagLength)")
            case .endElement: told.append("</\(name.local)>\(event.depth) to \(event.offset)")
            case .attribute: told.append("\(name.written)=\(content)")
            case .text: text += content
            case .comment: told.append("comment \(content)")
            case .processingInstruction: told.append("\(name.local)? \(content)")
            }
        }
    }
    for start in stride(from: 0, to: document.count, by: chunk) {
        parser.feed(document.span.extracting(start..<min(start + chunk, document.count)))
        take()
    }
    parser.finish()
    take()
    return (parser, told)
}

private func faults(_ document: String, limits: XMLLimits = .standard) -> (XMLVerdict, [XMLFault]) {
    let parser = XMLPushParser(limits: limits)
    let bytes = Array(document.utf8)
    var faults: [XMLFault] = []
    for start in stride(from: 0, to: bytes.count, by: 4096) {
        parser.feed(bytes.span.extracting(start..<min(start + 4096, bytes.count)))
        faults += parser.faults
    }
    parser.finish()
    return (parser.verdict, faults + parser.faults)
}

@Suite struct XMLPushParserTests {
    static let document = """
        <?xml version="1.0"?>
        <!-- a note -->
        <a one="1&amp;2&lt;3" two="x>y">
         <b>t&amp;u&#233;</b><![CDATA[<raw>]]>
        <p:c xmlns:p="urn:p"/><?go on?></a>

        """

    @Test(arguments: [1, 2, 3, 4, 5, 7, 64, 1000])
    func `Events, texts and offsets are the same in chunks of any size`(chunk: Int) throws {
        let bytes = Array(Self.document.utf8)
        let (parser, told) = lines(bytes, chunk: chunk, blankTextDepth: 2)
        #expect(parser.verdict == .accepted)
        func offset(_ text: String) throws -> Int {
            let range = try #require(Self.document.range(of: text))
            return Self.document.utf8.distance(from: Self.document.startIndex, to: range.lowerBound)
        }
        let end = try offset("</a>") + 4
        #expect(
            told == [
                "comment  a note ",
                "<a>0 at \(try offset("<a"))+\("<a one=\"1&amp;2&lt;3\" two=\"x>y\">".utf8.count)",
                "one=1&2<3", "two=x>y",
                "<b>1 at \(try offset("<b>"))+3", "text t&ué", "</b>1 to \(try offset("</b>") + 4)",
                "text <raw>",
                "<c>1 at \(try offset("<p:c"))+22", "</c>1 to \(try offset("<?go"))",
                "go? on", "</a>0 to \(end)",
            ])
    }

    @Test(arguments: [
        ("UTF-8", String.Encoding.utf8, 1), ("UTF-16LE", .utf16LittleEndian, 2), ("UTF-16BE", .utf16BigEndian, 2),
        ("ISO-8859-1", .isoLatin1, 1), ("windows-1252", .windowsCP1252, 1),
    ])
    func `Documents in other encodings give the same text, with offsets in their own bytes`(
        name: String, encoding: String.Encoding, unit: Int
    ) throws {
        let text = "<?xml version=\"1.0\" encoding=\"\(name)\"?>\n<é x=\"ü\">\n <ß>naïve</ß></é>"
        var bytes = Array(try #require(text.data(using: encoding)))
        var mark = 0
        if unit == 2 {
            mark = 2
            bytes = (name == "UTF-16LE" ? [0xFF, 0xFE] : [0xFE, 0xFF]) + bytes
        }
        for chunk in [1, 2, 3, 1000] {
            let (parser, told) = lines(bytes, chunk: chunk)
            #expect(parser.verdict == .accepted)
            let width = encoding == .utf8
            func offset(_ part: String) throws -> Int {
                let range = try #require(text.range(of: part))
                let before = text[..<range.lowerBound]
                return mark + (width ? before.utf8.count : before.count * unit)
            }
            #expect(told.contains("x=ü"))
            #expect(told.contains("text naïve"))
            let length = ("<ß>".count + (width ? 1 : 0)) * unit
            #expect(told.contains("<ß>1 at \(try offset("<ß>"))+\(length)"))
            #expect(told.last == "</é>0 to \(bytes.count)")
        }
    }

    @Test(arguments: [
        ("<a><b></a>", XMLFault.Kind.notWellFormed), ("<a>", .notWellFormed), ("", .notWellFormed),
        ("<a/>x", .notWellFormed), ("<a/><b/>", .notWellFormed), ("<a>\u{0}</a>", .notWellFormed),
        ("<a>&nbsp;</a>", .notWellFormed), ("<x:a/>", .notWellFormed), ("<a x='1' x='2'/>", .notWellFormed),
        ("<!DOCTYPE a><a/>", .documentType), ("<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>", .documentType),
        ("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", .documentType),
        ("<?xml version='1.0' encoding='SHIFT_JIS'?><a/>", .encoding),
        ("<?xml version='1.0' encoding='UTF-7'?><a/>", .encoding),
        ("<?xml version='1.0' encoding='EBCDIC-CP-US'?><a/>", .encoding),
        ("<?xml version='1.0' encoding='x-nonsense'?><a/>", .encoding),
    ])
    func `A document that is not plain XML is refused`(document: String, kind: XMLFault.Kind) {
        let (verdict, faults) = faults(document)
        #expect(verdict == .refused)
        #expect(faults.count == 1)
        #expect(faults.first?.kind == kind)
    }

    @Test(arguments: ["<!DOCTYPE a><a/>", "<!DOCTYPE\n a SYSTEM '<x'><a/>", "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>"])
    func `A DOCTYPE is told where it begins`(document: String) {
        for lead in ["", "<!-- & -->\n", "<?xml version='1.0'?>\n\n"] {
            #expect(faults(lead + document).1.map(\.offset) == [UInt64(lead.utf8.count)])
        }
    }

    @Test func `A document without its end is not accepted before finish and refused after it`() {
        let parser = XMLPushParser()
        parser.feed(Array("<a><b/>".utf8).span)
        #expect(parser.verdict == .undecided)
        parser.finish()
        #expect(parser.verdict == .refused)
    }

    /// Documents that are larger than they may be, by what is large in them.
    private static func oversized(_ what: String) -> String {
        let long = String(repeating: "x", count: 24 << 20)
        return switch what {
        case "depth": String(repeating: "<a>", count: 100_000)
        case "100000 attributes": "<a " + (0..<100_000).map { "a\($0)=''" }.joined(separator: " ") + "/>"
        case "300 attributes": "<a " + (0..<300).map { "a\($0)=''" }.joined(separator: " ") + "/>"
        case "namespaces": "<a " + (0..<65).map { "xmlns:a\($0)='u'" }.joined(separator: " ") + "/>"
        case "text": "<a>" + long + "</a>"
        case "CDATA": "<a><![CDATA[" + long + "]]></a>"
        case "comment": "<a><!--" + long + "--></a>"
        case "instruction": "<a><?p " + long + "?></a>"
        case "attribute": "<a x='" + long + "'/>"
        default: "<" + long + "/>"
        }
    }

    @Test(arguments: [
        ("depth", "nested"), ("100000 attributes", "tag"), ("300 attributes", "attributes"),
        ("namespaces", "namespaces"), ("text", "text"), ("CDATA", "CDATA"), ("comment", "comment"),
        ("instruction", "comment"), ("attribute", "tag"), ("name", "tag"),
    ])
    func `What is larger than its limit ends the reading`(what: String, word: String) throws {
        let (verdict, faults) = faults(Self.oversized(what))
        #expect(verdict == .refused)
        let kinds = faults.map(\.kind)
        #expect(kinds == [.limit], "\(faults.first?.message ?? "nothing")")
        #expect(faults.first?.message.contains(word) == true)
    }

    @Test func `A path counts the children of the root`() throws {
        let (_, faults) = faults("<a><b/><b><c>1</c></b><b><c>&x;</c></b></a>")
        #expect(try #require(faults.first).path == "/a/b[3]/c")
    }

    @Test func `Lines and columns are told from offsets, in chunks of any size`() {
        let text = Array("one\ntwo\r\n\nthree".utf8)
        for chunk in 1...text.count {
            var lines = XMLLines(reach: 4)
            for start in stride(from: 0, to: text.count, by: chunk) {
                lines.append(text.span.extracting(start..<min(start + chunk, text.count)))
                let end = min(start + chunk, text.count) - 1
                let before = text[..<end]
                let line = before.count { $0 == 0x0A } + 1
                let column = end - (before.lastIndex(of: 0x0A) ?? -1)
                #expect(lines.place(of: UInt64(end)) == (line, column))
            }
        }
    }
}

/// Where faults of validation stand, and what a stop leaves behind.
@Suite("Faults while a schema is plugged in")
struct ValidationFaultTests {
    private static let schema = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="r"><xs:complexType><xs:sequence>
        <xs:element name="c" maxOccurs="unbounded"><xs:complexType><xs:sequence>
        <xs:element name="n" type="xs:int"/><xs:element name="t" type="xs:string"/>
        </xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element></xs:schema>
        """

    @Test func `A fault stands at the element that has it, also where only its end tells`() throws {
        let schema = try XMLSchema.compiled(text: Self.schema, name: "r.xsd")
        let document = "<r><c><n>x</n><t/></c><c><n>1</n></c><c x=''><t/></c></r>"
        let faults = Validation(of: document, schema: schema).faults
        #expect(faults.map(\.path) == ["/r/c[1]/n", "/r/c[2]", "/r/c[3]", "/r/c[3]/t"])
        #expect(faults.map(\.offset) == [6, 22, 37, 45])
        #expect(faults.map(\.depth) == [2, 1, 1, 2])
        #expect(faults.map(\.children) == [1, 2, 3, 3])
    }

    @Test(arguments: [true, false])
    func `A parser without events finds the same`(keepsEvents: Bool) throws {
        let schema = try XMLSchema.compiled(text: Self.schema, name: "r.xsd")
        let parser = XMLPushParser(schema: schema, keepsEvents: keepsEvents)
        let document = Array("<r><c><n>x</n><t>text</t></c><c><!-- c --><n>1</n></c></r>".utf8)
        parser.feed(document.span)
        #expect(parser.faults.map(\.path) == ["/r/c[1]/n", "/r/c[2]"])
        #expect(parser.events.list.isEmpty == !keepsEvents)
        #expect(parser.elementCount == 6)
        #expect(parser.childCount == 2)
        parser.finish()
        #expect(parser.verdict == .refused)
    }

    /// Validation looks at a text and a tag after us: what is being parsed must outlive a stop.
    @Test(arguments: ["text", "attributes"])
    func `A stop leaves the bytes that validation still looks at`(where place: String) throws {
        let schema = try XMLSchema.compiled(text: Self.schema, name: "r.xsd")
        let long =
            place == "text"
            ? String(repeating: "x", count: 12_000_000)
            : "</t><u" + (0..<300).map { " a\($0)='\(String(repeating: "v", count: 700))'" }.joined() + "/>"
        let document = Array("<r><c><n>1</n><t>\(long)</t></c></r>".utf8)
        for _ in 0..<5 {
            let parser = XMLPushParser(schema: schema, keepsEvents: false)
            parser.feed(document.span)
            #expect(parser.faults.last?.kind == .limit)
            #expect(parser.hasStopped)
            parser.finish()
            #expect(parser.verdict == .refused)
        }
    }
}
