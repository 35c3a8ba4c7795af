import BillingFiles
import XMLStream

/// A fault of an XML document, and how it is reported; its texts are made when they are asked for.
struct XMLFaultFinding: Sendable {
    private static let longestFound = 200
    private static let longestExpected = 400

    private let fault: XMLFault

    init(_ fault: XMLFault) {
        self.fault = fault
    }

    /// How many children of the root have begun, up to the place.
    var children: Int { fault.children }

    /// The offset, as the parser counts.
    var offset: UInt64 { fault.offset }

    /// The rule that is broken.
    var rule: InputRule {
        switch fault.kind {
        case .notWellFormed: .notWellFormed
        case .documentType: .documentType
        case .limit: .xmlLimit
        case .encoding: .unknownEncoding
        case .undecided: .schemaUndecided
        case .schema: .schemaViolation
        }
    }

    /// The field, what was found and what was expected.
    var texts: (field: String?, found: String, expected: String) {
        let name = fault.path.split(separator: "/").last.map { $0.prefix { $0 != "[" } }
        let field = name.map { VisibleText.of($0.utf8) }
        let expected: String
        switch fault.kind {
        case .notWellFormed: expected = "well-formed XML"
        case .documentType: expected = "a document without DOCTYPE"
        case .limit: expected = "less"
        case .encoding: expected = "UTF-8, UTF-16, ISO 8859 or a Windows code page"
        case .undecided:
            let message = VisibleText.of(fault.message.utf8, limit: Self.longestFound)
            return (field, "what libxml2 gives up on: \(message)", "what can be decided")
        case .schema:
            let message = SchemaMessage(fault.message)
            let attribute = message.attribute.map { "@" + VisibleText.of($0.utf8) } ?? ""
            return (
                field.map { $0 + attribute }, VisibleText.of(message.found.utf8, limit: Self.longestFound),
                VisibleText.of(message.expected.utf8, limit: Self.longestExpected)
            )
        }
        return (field, VisibleText.of(fault.message.utf8, limit: Self.longestFound), expected)
    }

    /// The elements around the place.
    var path: String { VisibleText.of(fault.path.utf8, limit: 2000) }

    /// The path with a number of records more ahead of it, if it leads into a record: `records` is its beginning.
    func path(shiftedBy count: Int, in records: String) -> String {
        let path = path
        guard count > 0, path.hasPrefix(records + "[") else { return path }
        let rest = path.dropFirst(records.utf8.count + 1)
        guard let end = rest.firstIndex(of: "]"), let number = Int(rest[..<end]) else { return path }
        return "\(records)[\(number + count)\(rest[end...])"
    }
}
