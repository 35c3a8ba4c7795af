import BillingFiles
import XMLStream

/// A fault of an XML document as it is reported, before its place in the whole file is known.
struct XMLFaultFinding: Sendable {
    private static let longestFound = 200
    private static let longestExpected = 400

    let rule: InputRule
    let field: String?
    let found: String
    let expected: String
    let path: String

    /// How many children of the root have begun, up to the place.
    let children: Int

    /// The offset, as the parser counts.
    let offset: UInt64

    init(_ fault: XMLFault) {
        (offset, children) = (fault.offset, fault.children)
        path = VisibleText.of(fault.path.utf8, limit: 2000)
        let name = fault.path.split(separator: "/").last.map { $0.prefix { $0 != "[" } }
        var field = name.map { VisibleText.of($0.utf8) }
        let (found, expected): (String, String)
        (rule, found, expected) =
            switch fault.kind {
            case .notWellFormed: (.notWellFormed, fault.message, "well-formed XML")
            case .documentType: (.documentType, fault.message, "a document without DOCTYPE")
            case .limit: (.xmlLimit, fault.message, "less")
            case .encoding: (.unknownEncoding, fault.message, "UTF-8, UTF-16, ISO 8859 or a Windows code page")
            case .undecided: (.schemaUndecided, fault.message, "a document that can be decided")
            case .schema: (.schemaViolation, "", "")
            }
        if fault.kind == .schema {
            let message = SchemaMessage(fault.message)
            if let attribute = message.attribute { field = (field ?? "") + "@" + VisibleText.of(attribute.utf8) }
            self.found = VisibleText.of(message.found.utf8, limit: Self.longestFound)
            self.expected = VisibleText.of(message.expected.utf8, limit: Self.longestExpected)
        } else {
            self.found = VisibleText.of(found.utf8, limit: Self.longestFound)
            self.expected = expected
        }
        self.field = field
    }

    /// The path with a number of records more ahead of it, if it leads into a record: `records` is its beginning.
    func path(shiftedBy count: Int, in records: String) -> String {
        guard count > 0, path.hasPrefix(records + "[") else { return path }
        let rest = path.dropFirst(records.utf8.count + 1)
        guard let end = rest.firstIndex(of: "]"), let number = Int(rest[..<end]) else { return path }
        return "\(records)[\(number + count)\(rest[end...])"
    }
}
