/// How the records of one native file are written.
public struct NativeFileFormat: Sendable {
    /// The layout of its records.
    public let layout: NativeLayout

    /// What stands before the first record.
    public let header: BlockSequence.Header

    /// The format of a file with such a header.
    public init(_ layout: NativeLayout, _ header: BlockSequence.Header) {
        self.layout = layout
        self.header = header
    }

    /// Whether the file is XML.
    public var isXML: Bool { header.xml != nil }

    /// Whether the file is a document of a foreign format, XML or JSON.
    var isForeignDocument: Bool { header.foreign?.isDocument == true }
}
