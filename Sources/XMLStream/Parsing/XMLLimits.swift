/// How much of an XML document may be one thing before reading stops with a finding.
///
/// libxml2's push parser has no limits on depth or text of its own, and takes quadratic time for the attributes of one
/// tag; these limits keep memory flat and time linear whatever the document holds.
public struct XMLLimits: Sendable {
    /// How deep elements may stand in one another.
    public var depth: Int

    /// How many attributes an element may have.
    public var attributes: Int

    /// How many namespaces an element may declare.
    public var namespaces: Int

    /// How many bytes of text may stand in one element, its children not counted.
    public var textBytes: Int

    /// How many bytes one tag, comment, CDATA section or processing instruction may have.
    public var markupBytes: Int

    /// The limits for documents of unknown origin, unless others are asked for.
    ///
    /// Base64 attachments of invoices are the longest honest texts; 256 KiB of attributes cost a few hundredths of a
    /// second.
    public static let standard = XMLLimits()

    /// Limits from their parts.
    public init(
        depth: Int = 128, attributes: Int = 256, namespaces: Int = 64, textBytes: Int = 10_000_000,
        markupBytes: Int = 256 << 10
    ) {
        self.depth = depth
        self.attributes = attributes
        self.namespaces = namespaces
        self.textBytes = textBytes
        self.markupBytes = markupBytes
    }
}
