/// A format profile: how the records of a foreign file become records of ours.
///
/// It is data alone. `MappingPlan` makes of it what runs over millions of records, and the row makers find the values.
public struct FormatProfile: Hashable, Sendable {
    /// The name by which people call the format: small letters, digits, `.` and `-`.
    public var name: String

    /// The name in full.
    public var title: String

    /// What the records become.
    public var kind: NativeKind

    /// How the records are found in the file.
    public var layout: RecordLayout

    /// How each column of ours is filled; columns without a mapping stay empty.
    public var fields: [FieldMapping]

    /// Which records are left out, and why; the first rule that holds names the reason.
    public var skips: [SkipRule]

    /// How characters are written in bytes.
    public var encoding: TextEncoding

    /// Where the field list comes from.
    public var source: String

    /// What people should know of the format, each a sentence.
    public var quirks: [String]

    /// What is said of the files that are written in the format.
    public var writing = FormatWriting()

    /// A profile from its parts.
    public init(
        name: String, title: String, kind: NativeKind, layout: RecordLayout, fields: [FieldMapping],
        skips: [SkipRule] = [], encoding: TextEncoding = .utf8, source: String = "", quirks: [String] = []
    ) {
        self.name = name
        self.title = title
        self.kind = kind
        self.layout = layout
        self.fields = fields
        self.skips = skips
        self.encoding = encoding
        self.source = source
        self.quirks = quirks
    }
}

/// How the records of a foreign file are found.
public enum RecordLayout: Hashable, Sendable {
    /// Fields between delimiters.
    case delimited(DelimitedRecords)
    /// Fields at positions of a line.
    case fixedWidth(FixedWidthRecords)
    /// Elements of an XML document.
    case xml(XMLRecords)
    /// Objects of JSON.
    case json(JSONRecords)
    /// Rows of one of several tables in a file.
    case tables(TableRecords)
}

/// Records that are left out, and why.
public struct SkipRule: Hashable, Sendable {
    /// The reason in a few words; skipped records are counted under it.
    public var reason: String

    /// Which records.
    public var condition: RecordCondition

    /// A rule.
    public init(reason: String, condition: RecordCondition) {
        self.reason = reason
        self.condition = condition
    }
}
