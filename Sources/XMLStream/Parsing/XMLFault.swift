/// Something wrong with a document.
public struct XMLFault: Hashable, Sendable {
    /// What is wrong, by what may be concluded from it.
    public enum Kind: Hashable, Sendable {
        /// The document is no well-formed XML; nothing behind this place was read.
        case notWellFormed
        /// The document has a DOCTYPE, which is refused; nothing behind it was read.
        case documentType
        /// Something is larger than its limit; nothing behind this place was read.
        case limit
        /// The document is in an encoding that is not read here.
        case encoding
        /// An element or attribute is not as the schema wants it; reading goes on.
        case schema
        /// libxml2 could not decide whether the schema is kept.
        case undecided
    }

    /// What is wrong.
    public var kind: Kind

    /// The number that libxml2 gives the fault; 0 for our own.
    public var code: Int

    /// What is wrong in words, without the place.
    public var message: String

    /// The elements around the place, like `/charges/charge[3]/amount`.
    public var path: String

    /// The offset of the byte meant, among all bytes fed: of an element, its tag.
    public var offset: UInt64

    /// How many elements are open around the element meant: 0 for the root element.
    public var depth: Int

    /// How many children of the root element have begun, up to the place: the ordinal of the one it stands in.
    public var children: Int

    /// A fault from its parts.
    public init(
        kind: Kind, code: Int, message: String, path: String, offset: UInt64, depth: Int, children: Int = 0
    ) {
        self.kind = kind
        self.code = code
        self.message = message
        self.path = path
        self.offset = offset
        self.depth = depth
        self.children = children
    }
}

/// What may be said of a document that was read to its end.
public enum XMLVerdict: Hashable, Sendable {
    /// Well-formed, and valid if there was a schema.
    case accepted
    /// Something is wrong with it.
    case refused
    /// Nobody can tell: the document is not at its end, or libxml2 could not decide.
    case undecided
}
