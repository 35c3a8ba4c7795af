import XMLStream

/// Something in an XML file that makes its records untrustworthy, before its line is known.
public struct XMLRecordFault: Hashable, Sendable {
    /// The rule that is broken.
    public var rule: InputRule

    /// The offset in the document.
    public var offset: UInt64

    /// The record, counted from 0 where the reading began; the one that comes next if it stands in none.
    public var record: Int

    /// The name of the element, if it is about one.
    public var field: String?

    /// What stands there.
    public var found: String

    /// What should stand there.
    public var expected: String
}

extension XMLRecordFault {
    /// A fault of the parser as one of the file.
    init(_ fault: XMLFault, record: Int) {
        let (rule, expected): (InputRule, String) =
            switch fault.kind {
            case .notWellFormed: (.notWellFormed, "well-formed XML")
            case .documentType: (.documentType, "a document without DOCTYPE")
            case .limit: (.xmlLimit, "less")
            case .encoding: (.unknownEncoding, "UTF-8, UTF-16, ISO 8859 or a Windows code page")
            case .schema: (.schemaViolation, "what the schema wants")
            case .undecided: (.schemaUndecided, "a document that can be decided")
            }
        self.init(
            rule: rule, offset: fault.offset, record: record,
            field: fault.depth >= 2 ? fault.path.split(separator: "/").last.map(String.init) : nil,
            found: VisibleText.of(fault.message.utf8), expected: expected)
    }
}
