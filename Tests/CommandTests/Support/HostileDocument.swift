import Testing

/// Documents that are made to exhaust, deceive or spy on whoever reads them, and what must be said of each.
struct HostileDocument: CustomTestStringConvertible {
    let name: String

    /// The exit code.
    let code: Int32

    /// The rule that must be among the findings; nil for a document that is valid.
    let rule: String?

    /// The bytes; made when they are asked for, for some are large.
    let bytes: @Sendable () -> [UInt8]

    var testDescription: String { name }

    private static let start = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    private static let charge = """
          <charge>
            <charge_id>C1</charge_id>
            <subscription_id>S1</subscription_id>
            <kind>renewal</kind>
            <charged_on>2025-03-01</charged_on>
            <period_start>2025-03-01</period_start>
            <period_end>2025-03-31</period_end>
            <amount>9.99</amount>
            <currency>EUR</currency>
            <status>posted</status>
          </charge>

        """

    private static func text(
        _ name: String, _ code: Int32, _ rule: String?, _ text: @escaping @Sendable () -> String
    ) -> HostileDocument {
        HostileDocument(name: name, code: code, rule: rule) { Array(text().utf8) }
    }

    private static func inRoot(
        _ name: String, _ code: Int32, _ rule: String?, _ content: @escaping @Sendable () -> String
    ) -> HostileDocument {
        text(name, code, rule) { start + "<charges>\n" + charge + content() + charge + "</charges>\n" }
    }

    private static func doctype(_ name: String, _ declarations: String, _ use: String = "&x;") -> HostileDocument {
        text(name, 65, "document-type") {
            start + "<!DOCTYPE charges \(declarations)>\n<charges><charge><charge_id>\(use)</charge_id></charge>"
                + "</charges>"
        }
    }

    private static func large(_ character: String) -> String { String(repeating: character, count: 24_000_000) }

    static let documents: [HostileDocument] = [
        doctype("external entity", "[<!ENTITY x SYSTEM \"file:///etc/passwd\">]"),
        doctype("external entity of the network", "[<!ENTITY x SYSTEM \"http://127.0.0.1:9/x\">]"),
        doctype("parameter entity", "[<!ENTITY % p SYSTEM \"file:///etc/passwd\"> %p;]", ""),
        doctype("external DTD", "SYSTEM \"file:///etc/passwd\"", ""),
        doctype("public DTD", "PUBLIC \"-//W3C//DTD XHTML 1.0//EN\" \"http://127.0.0.1:9/x.dtd\"", ""),
        text("billion laughs", 65, "document-type") {
            let entities = (1...11).map { level in
                "<!ENTITY l\(level) \"" + String(repeating: "&l\(level - 1);", count: 10) + "\">"
            }
            return start + "<!DOCTYPE charges [<!ENTITY l0 \"ha\">" + entities.joined() + "]>\n<charges>&l11;</charges>"
        },
        text("one entity of 100 KB used 20,000 times", 65, "document-type") {
            start + "<!DOCTYPE charges [<!ENTITY x \"" + String(repeating: "y", count: 100_000) + "\">]>\n<charges>"
                + String(repeating: "&x;", count: 20_000) + "</charges>"
        },
        inRoot("an entity that nobody declared", 65, "not-well-formed") { "&x;" },
        inRoot("depth 100,000", 65, "xml-limit") {
            String(repeating: "<a>", count: 100_000) + String(repeating: "</a>", count: 100_000)
        },
        inRoot("100,000 attributes", 65, "xml-limit") {
            "<charge" + (0..<100_000).map { " a\($0)=\"\"" }.joined() + "/>"
        },
        inRoot("100,000 namespaces", 65, "xml-limit") {
            "<charge" + (0..<100_000).map { " xmlns:a\($0)=\"u\"" }.joined() + "/>"
        },
        inRoot("text of 24 MB", 65, "xml-limit") { "<charge><charge_id>" + large("x") + "</charge_id></charge>" },
        inRoot("CDATA of 24 MB", 65, "xml-limit") {
            "<charge><charge_id><![CDATA[" + large("x") + "]]></charge_id></charge>"
        },
        inRoot("comment of 24 MB", 65, "xml-limit") { "<!--" + large("x") + "-->" },
        inRoot("processing instruction of 24 MB", 65, "xml-limit") { "<?a " + large("x") + "?>" },
        inRoot("attribute of 24 MB", 65, "xml-limit") { "<charge id=\"" + large("x") + "\"/>" },
        inRoot("name of 24 MB", 65, "xml-limit") { "<" + large("x") + "/>" },
        text("24 MB before the root element", 65, "xml-limit") { "<!--" + large("x") + "-->" + start },
        text("24 MB of blanks before the root element", 65, "xml-limit") { start + large(" ") },
        text("CR LF, over 12 MB", 0, nil) {
            let record = charge.replacing("\n", with: "\r\n")
            return start.replacing("\n", with: "\r\n") + "<charges>\r\n"
                + (0...(12_500_000 / record.utf8.count)).map { record.replacing(">C1<", with: ">C1\($0)<") }.joined()
                + "</charges>\r\n"
        },
        inRoot("NUL", 65, "not-well-formed") { "<charge>\u{0}</charge>" },
        inRoot("a control character", 65, "not-well-formed") { "<charge>\u{1}</charge>" },
        HostileDocument(name: "bad UTF-8", code: 65, rule: "not-well-formed") {
            Array((start + "<charges><charge><charge_id>").utf8) + [0xC0, 0xAF]
                + Array("</charge_id></charge></charges>".utf8)
        },
        text("UTF-8 that says UTF-16", 65, "not-well-formed") {
            "<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n<charges>\n" + charge + "</charges>"
        },
        HostileDocument(name: "ISO 8859-1 that says UTF-8", code: 65, rule: "not-well-formed") {
            Array((start + "<charges><charge><charge_id>").utf8) + [0xE8, 0xE9]
                + Array("</charge_id></charge></charges>".utf8)
        },
        text("an encoding that is not read", 65, nil) {
            "<?xml version=\"1.0\" encoding=\"UTF-7\"?>\n<charges>\n" + charge + "</charges>"
        },
        text("truncated in a tag", 65, "not-well-formed") { start + "<charges>\n" + charge + charge.dropLast(20) },
        text("truncated between records", 65, "not-well-formed") { start + "<charges>\n" + charge + charge },
        text("content behind the root", 65, "not-well-formed") {
            start + "<charges>\n" + charge + "</charges>\n<charges/>"
        },
        text("two roots that look like parts", 65, "not-well-formed") {
            start + "<charges>\n" + charge + "</charges><charges>" + charge + "</charges>"
        },
        text("XInclude", 1, "schema-violation") {
            start + "<charges><x:include xmlns:x=\"http://www.w3.org/2001/XInclude\" href=\"file:///etc/passwd\"/>"
                + "</charges>"
        },
        text("a schema that the document names", 0, nil) {
            start + "<charges xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                + "xsi:noNamespaceSchemaLocation=\"file:///etc/passwd\">\n" + charge + "</charges>"
        },
        text("a style sheet that the document names", 0, nil) {
            start + "<?xml-stylesheet href=\"file:///etc/passwd\" type=\"text/xsl\"?>\n<charges>\n" + charge
                + "</charges>"
        },
    ]
}
