import Testing
import XMLStream

/// Which schemas say for certain that their documents are a list of records.
@Suite("Records of a schema")
struct SchemaSplitTests {
    private static let record = "<xs:element name=\"c\" type=\"xs:string\" maxOccurs=\"unbounded\"/>"

    private static func record(
        _ content: String, root: String = "r", namespace: String? = nil, attributes: String = ""
    ) throws -> XMLName? {
        let target = namespace.map { "targetNamespace=\"\($0)\" xmlns=\"\($0)\"" } ?? ""
        let schema = try XMLSchema.compiled(
            text:
                "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" \(target) \(attributes)>\(content)</xs:schema>",
            name: "test.xsd")
        return schema.recordElement(ofRoot: XMLName(local: root, namespace: namespace))
    }

    private static func inline(_ model: String, _ type: String = "", after: String = "") -> String {
        "<xs:element name=\"r\"><xs:complexType\(type)>\(model)\(after)</xs:complexType></xs:element>"
    }

    @Test(
        "A list of one element",
        arguments: [
            inline("<xs:sequence>\(record)</xs:sequence>"),
            inline("<xs:choice>\(record)</xs:choice>"),
            inline("<xs:sequence minOccurs=\"0\">\(record)</xs:sequence>"),
            inline("<xs:sequence><xs:element name=\"c\" minOccurs=\"0\" maxOccurs=\"unbounded\"/></xs:sequence>"),
            inline("<xs:sequence>\(record)</xs:sequence>", after: "<xs:attribute name=\"version\"/>"),
            inline(
                "<xs:annotation><xs:documentation>x</xs:documentation></xs:annotation>"
                    + "<xs:sequence><xs:annotation/>\(record)</xs:sequence>"),
            "<xs:element name=\"r\" type=\"t\"/><xs:complexType name=\"t\"><xs:sequence>\(record)</xs:sequence></xs:complexType>",
            inline("<xs:sequence><xs:element ref=\"c\" maxOccurs=\"unbounded\"/></xs:sequence>")
                + "<xs:element name=\"c\"/>",
        ])
    func lists(_ content: String) throws {
        #expect(try Self.record(content) == XMLName(local: "c"))
        #expect(try Self.record(content, root: "x") == nil)
    }

    @Test(
        "Anything else is not split",
        arguments: [
            inline("<xs:sequence>\(record)<xs:element name=\"d\"/></xs:sequence>"),
            inline("<xs:sequence><xs:element name=\"head\"/>\(record)</xs:sequence>"),
            inline("<xs:sequence><xs:element name=\"c\" maxOccurs=\"1000000\"/></xs:sequence>"),
            inline("<xs:sequence><xs:element name=\"c\" minOccurs=\"2\" maxOccurs=\"unbounded\"/></xs:sequence>"),
            inline("<xs:sequence><xs:element name=\"c\"/></xs:sequence>"),
            inline("<xs:sequence maxOccurs=\"2\">\(record)</xs:sequence>").replacing("unbounded", with: "1"),
            inline("<xs:sequence>\(record)</xs:sequence>", " mixed=\"true\""),
            inline("<xs:sequence><xs:any processContents=\"lax\" maxOccurs=\"unbounded\"/></xs:sequence>"),
            inline("<xs:sequence><xs:sequence>\(record)</xs:sequence></xs:sequence>"),
            inline("<xs:group ref=\"g\"/>") + "<xs:group name=\"g\"><xs:sequence>\(record)</xs:sequence></xs:group>",
            inline("<xs:sequence><xs:group ref=\"g\"/></xs:sequence>")
                + "<xs:group name=\"g\"><xs:sequence>\(record)</xs:sequence></xs:group>",
            inline("<xs:all><xs:element name=\"c\"/></xs:all>"),
            inline("<xs:complexContent><xs:extension base=\"t\"/></xs:complexContent>")
                + "<xs:complexType name=\"t\"><xs:sequence>\(record)</xs:sequence></xs:complexType>",
            // A document may say xsi:type="u".
            "<xs:element name=\"r\" type=\"t\"/><xs:complexType name=\"t\"><xs:sequence>\(record)</xs:sequence></xs:complexType>"
                + "<xs:complexType name=\"u\"><xs:complexContent><xs:extension base=\"t\"><xs:sequence><xs:element name=\"e\"/>"
                + "</xs:sequence></xs:extension></xs:complexContent></xs:complexType>",
            inline("<xs:sequence>\(record)</xs:sequence>").replacing(
                "<xs:element name=\"r\">", with: "<xs:element name=\"r\" nillable=\"true\">"),
            inline("<xs:sequence>\(record)</xs:sequence>").replacing(
                "</xs:complexType>",
                with:
                    "</xs:complexType><xs:unique name=\"u\"><xs:selector xpath=\"c\"/><xs:field xpath=\".\"/></xs:unique>"
            ),
            inline("<xs:sequence>\(record)</xs:sequence>").replacing("xs:string", with: "xs:IDREF"),
            inline("<xs:sequence>\(record)</xs:sequence>")
                + "<xs:simpleType name=\"i\"><xs:restriction base=\"xs:ID\"/></xs:simpleType>",
            inline("<xs:sequence>\(record)</xs:sequence>")
                + "<xs:simpleType name=\"i\"><xs:union memberTypes=\"xs:string xs:ENTITY\"/></xs:simpleType>",
            inline("<xs:sequence><xs:element ref=\"c\" maxOccurs=\"unbounded\"/></xs:sequence>")
                + "<xs:element name=\"c\"/><xs:element name=\"d\" substitutionGroup=\"c\"/>",
            "<xs:element name=\"r\" type=\"xs:string\"/>",
            "<xs:element name=\"r\"/>",
        ])
    func others(_ content: String) throws {
        #expect(try Self.record(content) == nil, "\(content)")
    }

    @Test("Records are in the namespace of the schema where it says so")
    func namespaces() throws {
        let content = Self.inline("<xs:sequence>\(Self.record)</xs:sequence>")
        #expect(try Self.record(content, namespace: "urn:r") == XMLName(local: "c"))
        let qualified = "elementFormDefault=\"qualified\""
        #expect(
            try Self.record(content, namespace: "urn:r", attributes: qualified)
                == XMLName(local: "c", namespace: "urn:r"))
        let form = content.replacing("name=\"c\"", with: "name=\"c\" form=\"unqualified\"")
        #expect(try Self.record(form, namespace: "urn:r", attributes: qualified) == XMLName(local: "c"))
    }
}
