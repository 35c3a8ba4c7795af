import Foundation
import Testing
import XMLStream

/// Schemas that want more than to be compiled.
@Suite("Hostile schemas")
struct HostileSchemaTests {
    private static func schema(_ content: String) -> String {
        "<?xml version=\"1.0\"?>\n<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">\n"
            + content + "\n<xs:element name=\"r\" type=\"xs:string\"/>\n</xs:schema>\n"
    }

    private static func including(_ location: String) -> String {
        schema("  <xs:include schemaLocation=\"\(location)\"/>")
    }

    private static func importing(_ location: String) -> String {
        schema("  <xs:import namespace=\"urn:x\" schemaLocation=\"\(location)\"/>")
    }

    /// The first fault of the schema `main.xsd` among files, the deepest folder being `in`.
    private static func fault(_ files: [String: String], limits: SchemaLimits = .standard) throws -> SchemaFault? {
        let folder = try TemporaryFolder(files)
        do {
            _ = try XMLSchema.compiled(naming: [folder.path("in/main.xsd")], limits: limits)
            return nil
        } catch {
            return error.faults.first
        }
    }

    @Test(
        "A location outside is refused, with its place and what to do",
        arguments: [
            ("http://www.example.com/x.xsd", SchemaFault.Kind.network),
            ("https://www.example.com/", .network),
            ("HTTP://www.example.com/x.xsd", .network),
            ("//www.example.com/x.xsd", .network),
            ("ftp://www.example.com/x.xsd", .unusableLocation),
            ("file:///etc/passwd", .outsideFolders),
            ("file:/etc/passwd", .outsideFolders),
            ("FILE:///etc/passwd", .outsideFolders),
            ("file://www.example.com/etc/passwd", .unusableLocation),
            ("/etc/passwd", .outsideFolders),
            ("../outside.xsd", .outsideFolders),
            ("../absent.xsd", .outsideFolders),
            ("%2e%2e/outside.xsd", .outsideFolders),
            ("sub/../../outside.xsd", .outsideFolders),
            ("./././../outside.xsd", .outsideFolders),
            ("http://www.example.com/..", .network),
            ("http://www.example.com/..%2Foutside.xsd", .network),
            ("absent.xsd", .unreadable),
            ("x.xsd%00", .unusableLocation),
            ("%zz", .unusableLocation),
            ("", .unusableLocation),
            (".", .unreadable),
            ("sub", .unreadable),
            ("link.xsd", .outsideFolders),
        ])
    func location(_ location: String, _ kind: SchemaFault.Kind) throws {
        for text in [Self.including(location), Self.importing(location)] {
            let folder = try TemporaryFolder(["in/main.xsd": text, "outside.xsd": Self.schema(""), "in/sub/y": ""])
            try FileManager.default.createSymbolicLink(
                atPath: folder.path("in/link.xsd"), withDestinationPath: folder.path("outside.xsd"))
            let refusal = try #require(throws: SchemaRefusal.self) {
                try XMLSchema.compiled(naming: [folder.path("in/main.xsd")])
            }
            let fault = try #require(refusal.faults.first)
            #expect(fault.kind == kind, "\(fault)")
            #expect(fault.file == folder.path("in/main.xsd"))
            #expect(fault.line == 3)
            #expect(try #require(fault.column) > 10)
            if kind == .outsideFolders {
                #expect(fault.message.contains("name it with another --schema"))
            }
        }
    }

    @Test("What another named schema stands beside may be used, and so may the folders below")
    func namedFolders() throws {
        let folder = try TemporaryFolder([
            "in/main.xsd": Self.including("../other/part.xsd"),
            "other/part.xsd": "\u{FEFF}" + Self.part("a", "deep/b.xsd"),
            "other/deep/b.xsd": Self.part("b", "../c%20%C3%A9.xsd"), "other/c é.xsd": Self.part("c", "deep/b.xsd"),
            "other/named.xsd": Self.schema(""),
        ])
        let alone = #expect(throws: SchemaRefusal.self) { try XMLSchema.compiled(naming: [folder.path("in/main.xsd")]) }
        #expect(alone?.faults.first?.kind == .outsideFolders)
        let schema = try XMLSchema.compiled(naming: [folder.path("in/main.xsd"), folder.path("other/named.xsd")])
        #expect(schema.files.count == 4)
        #expect(Validation(of: "<c>1</c>", schema: schema).verdict == .accepted)
        #expect(Validation(of: "<c>x</c>", schema: schema).verdict == .refused)
        #expect(Validation(of: "<d>1</d>", schema: schema).verdict == .refused)
    }

    private static func part(_ name: String, _ next: String) -> String {
        """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:include schemaLocation="\(next)"/>
        <xs:element name="\(name)" type="xs:integer"/></xs:schema>
        """
    }

    @Test("An address of the network is answered by the file of that name beside the document")
    func networkAnsweredBeside() throws {
        let main = Self.importing("http://www.example.com/schemas/part.xsd")
            .replacing("type=\"xs:string\"", with: "type=\"p:number\" xmlns:p=\"urn:x\"")
        let part = """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:x">
            <xs:simpleType name="number"><xs:restriction base="xs:integer"/></xs:simpleType></xs:schema>
            """
        let folder = try TemporaryFolder(["main.xsd": main, "part.xsd": part])
        let schema = try XMLSchema.compiled(naming: [folder.path("main.xsd")])
        #expect(Validation(of: "<r>12</r>", schema: schema).verdict == .accepted)
        #expect(Validation(of: "<r>zwölf</r>", schema: schema).verdict == .refused)
    }

    @Test("Documents that include each other, and one that includes itself")
    func loops() throws {
        let loop = try TemporaryFolder(["a.xsd": Self.part("a", "b.xsd"), "b.xsd": Self.part("b", "a.xsd")])
        let schema = try XMLSchema.compiled(naming: [loop.path("a.xsd")])
        #expect(Validation(of: "<b>1</b>", schema: schema).verdict == .accepted)
        let itself = try TemporaryFolder(["a.xsd": Self.part("a", "a.xsd")])
        let refused = #expect(throws: SchemaRefusal.self) { try XMLSchema.compiled(naming: [itself.path("a.xsd")]) }
        #expect(
            refused?.faults.map(\.message) == [
                "Element 'xs:include': The schema document '\(itself.path("a.xsd"))' cannot include itself"
            ])
        // A link to its own folder gives each turn of the loop another address.
        let endless = try TemporaryFolder(["a.xsd": Self.part("a", "again/a.xsd")])
        try FileManager.default.createSymbolicLink(
            atPath: endless.path("again"), withDestinationPath: endless.path("."))
        let refusal = #expect(throws: SchemaRefusal.self) { try XMLSchema.compiled(naming: [endless.path("a.xsd")]) }
        #expect(refusal?.faults.first?.kind == .limit)
    }

    @Test(
        "A DOCTYPE is refused, whatever it declares",
        arguments: [
            "<!DOCTYPE xs:schema>",
            "<!DOCTYPE xs:schema SYSTEM \"file:///etc/passwd\">",
            "<!DOCTYPE xs:schema [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
            "<!DOCTYPE xs:schema [<!ENTITY % x SYSTEM \"http://www.example.com/x\"> %x;]>",
            "<!DOCTYPE xs:schema [<!ATTLIST xs:element minOccurs CDATA \"0\">]>",
            SignatureSchema.doctype.replacing("dsig '", with: "dsig 'x"),
            SignatureSchema.doctype.replacing("<!ENTITY % p ''>", with: "<!ENTITY % p SYSTEM 'file:///etc/passwd'>"),
            SignatureSchema.doctype + "<!DOCTYPE schema>",
        ])
    func doctype(_ doctype: String) throws {
        let text = Self.schema("").replacing("\n<xs:schema", with: "\n\(doctype)\n<xs:schema")
        for text in [text, Self.including("part.xsd")] {
            let part = Self.schema("").replacing("?>\n<xs:schema", with: "?>\n<!-- -->\(doctype)<xs:schema")
            let fault = try #require(try Self.fault(["in/main.xsd": text, "in/part.xsd": part]))
            #expect([.documentType, .notWellFormed].contains(fault.kind), "\(fault)")
            if !doctype.hasPrefix(SignatureSchema.doctype) {
                #expect(fault.kind == .documentType)
                #expect(fault.line == 2 || doctype.contains("\n"))
            }
        }
    }

    @Test("The DOCTYPE of W3C's schema for signatures is read over, unless its entities are used")
    func signatureDoctype() throws {
        let text = Self.schema("").replacing(
            "\n<xs:schema", with: "\n<!-- <!DOCTYPE -->\n\(SignatureSchema.doctype)\n<xs:schema")
        #expect(try Self.fault(["in/main.xsd": text]) == nil)
        let used = text.replacing("type=\"xs:string\"", with: "type=\"xs:string\" default=\"&dsig;\"")
        let fault = try #require(try Self.fault(["in/main.xsd": used]))
        #expect(fault.kind == .notWellFormed)
        #expect(fault.line == 14, "blanking out must keep the lines: \(fault)")
    }

    @Test("What cannot be read at all is refused")
    func unreadable() throws {
        let folder = try TemporaryFolder(["empty.xsd": "", "text.xsd": "hello", "other.xsd": "<a/>"])
        for (name, kind) in [
            ("absent.xsd", SchemaFault.Kind.unreadable), (".", .unreadable), ("empty.xsd", .notWellFormed),
            ("text.xsd", .notWellFormed), ("other.xsd", .invalid),
        ] {
            let refusal = #expect(throws: SchemaRefusal.self) { try XMLSchema.compiled(naming: [folder.path(name)]) }
            #expect(refusal?.faults.first?.kind == kind, "\(name)")
        }
        #expect(unsafe mkfifo(folder.path("pipe.xsd"), 0o600) == 0)
        let refusal = #expect(throws: SchemaRefusal.self) { try XMLSchema.compiled(naming: [folder.path("pipe.xsd")]) }
        #expect(refusal?.faults.first?.kind == .unreadable)
        #expect(throws: SchemaRefusal.self) { try XMLSchema.compiled(naming: []) }
        // Any text names a namespace.
        let name = Self.schema("").replacing("name=\"r\"", with: "name=\"r\" xmlns:j=\"\u{3042}\"")
        #expect(try Self.fault(["in/main.xsd": name]) == nil)
        // It would move what the locations mean.
        let base = Self.schema("").replacing("<xs:schema", with: "<xs:schema xml:base=\"http://www.example.com/\"")
        #expect(try Self.fault(["in/main.xsd": base])?.kind == .unusableLocation)
    }

    @Test("A document of 17 MB, too deep a one, too long a tag, too many attributes and elements")
    func limits() throws {
        let comment = "<!-- " + String(repeating: "a comment ", count: 17 << 20 / 10) + "-->"
        let wide = (0..<300).map { "a\($0)=\"\"" }.joined(separator: " ")
        let long = "<xs:annotation id=\"" + String(repeating: "a", count: 2 << 20) + "\"/>"
        let deep = String(repeating: "<xs:annotation>", count: 200)
        let many = String(repeating: "<xs:annotation/>", count: 250_000)
        for content in [comment, "<xs:annotation \(wide)/>", long, deep, many] {
            let fault = try #require(try Self.fault(["in/main.xsd": Self.schema(content)]))
            #expect(fault.kind == .limit, "\(fault)")
        }
        let sound = Self.schema("<!-- " + String(repeating: "a comment ", count: 1 << 15) + "-->")
        #expect(try Self.fault(["in/main.xsd": sound]) == nil)
    }

    @Test("Chains of references that would overflow the stack of libxml2")
    func chains() throws {
        let types = (1...30_000).reversed().map {
            "<xs:simpleType name=\"t\($0)\"><xs:restriction base=\"t\($0 - 1)\"/></xs:simpleType>"
        }
        let elements = (1...3_000).reversed().map { "<xs:element name=\"e\($0)\" substitutionGroup=\"e\($0 - 1)\"/>" }
        for content in [types.joined(), elements.joined()] {
            let fault = try #require(try Self.fault(["in/main.xsd": Self.schema(content)]))
            #expect(fault.kind == .limit, "\(fault)")
        }
    }

    @Test("A schema that is never compiled is not waited for")
    func never() throws {
        // Each group stands twice in the next: 2 to the 40 particles in forty lines.
        let groups = (1...40).map {
            "<xs:group name=\"g\($0)\"><xs:sequence><xs:group ref=\"g\($0 - 1)\"/><xs:group ref=\"g\($0 - 1)\"/>"
                + "</xs:sequence></xs:group>"
        }
        let text = Self.schema(
            groups.joined(separator: "\n")
                + "<xs:group name=\"g0\"><xs:sequence><xs:element name=\"a\"/></xs:sequence></xs:group>"
                + "<xs:element name=\"s\"><xs:complexType><xs:group ref=\"g40\"/></xs:complexType></xs:element>")
        var limits = SchemaLimits.standard
        #expect(limits.compileMilliseconds == 10_000)
        limits.compileMilliseconds = 300
        let fault = try #require(try Self.fault(["in/main.xsd": text], limits: limits))
        #expect(fault.kind == .late)
        // Three thousand optional elements in a row.
        let elements = (0..<3_000).map { "<xs:element name=\"e\($0)\" minOccurs=\"0\"/>" }.joined()
        let row = Self.schema("<xs:complexType name=\"t\"><xs:sequence>\(elements)</xs:sequence></xs:complexType>")
        limits.compileMilliseconds = 2_000
        limits.compileBytes = 20 << 20
        #expect(try Self.fault(["in/main.xsd": row], limits: limits)?.kind == .limit)
        // The threads that were left behind harm nobody.
        #expect(try Self.fault(["in/main.xsd": Self.schema("")]) == nil)
    }

    @Test("Every fault of a schema has its place")
    func invalid() throws {
        let text = Self.schema(
            "<xs:element name=\"a\" type=\"nothing\"/>\n<xs:element name=\"b\" type=\"xs:nothing\"/>")
        let main = Self.including("part.xsd").replacing("name=\"r\"", with: "name=\"s\"")
        let folder = try TemporaryFolder(["main.xsd": main, "part.xsd": text])
        let refusal = #expect(throws: SchemaRefusal.self) { try XMLSchema.compiled(naming: [folder.path("main.xsd")]) }
        let faults = try #require(refusal?.faults)
        #expect(faults.map(\.line) == [3, 4])
        for fault in faults {
            #expect(fault.kind == .invalid)
            #expect(fault.file == folder.path("part.xsd"))
            #expect(fault.message.contains("nothing"))
        }
    }
}

/// The DOCTYPE of W3C's schema for signatures.
enum SignatureSchema {
    static let doctype = """
        <!DOCTYPE schema
          PUBLIC "-//W3C//DTD XMLSchema 200102//EN" "http://www.w3.org/2001/XMLSchema.dtd"
         [
           <!ATTLIST schema\u{20}
             xmlns:ds CDATA #FIXED "http://www.w3.org/2000/09/xmldsig#">
           <!ENTITY dsig 'http://www.w3.org/2000/09/xmldsig#'>
           <!ENTITY % p ''>
           <!ENTITY % s ''>
          ]>
        """
}
