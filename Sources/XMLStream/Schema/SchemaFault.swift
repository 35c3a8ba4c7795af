/// One reason why a schema is not used.
public struct SchemaFault: Hashable, Sendable {
    /// What kind of reason it is.
    public enum Kind: String, Hashable, Sendable {
        /// A document is not there, is no regular file, or cannot be read.
        case unreadable
        /// A document is larger than `SchemaLimits` allows, or there are too many, or they hold too much.
        case limit
        /// A document is not well-formed XML.
        case notWellFormed
        /// A document has a DOCTYPE other than the one that W3C ships with the schema of XML signatures.
        case documentType
        /// A document names another one by an address of the network that no file beside it answers.
        case network
        /// A document names another one outside the folders of the named schemas.
        case outsideFolders
        /// A document says where another one is in a way that is not supported.
        case unusableLocation
        /// The documents are no schema, or contradict each other.
        case invalid
        /// The schema was not compiled in the time that it had.
        case late
    }

    /// What kind of reason it is.
    public let kind: Kind

    /// The file, as it was named or found.
    public let file: String

    /// The line in the file, from 1; nil where it is not known.
    public let line: Int?

    /// The column in the line, in bytes from 1; nil where it is not known.
    public let column: Int?

    /// What is wrong, without the place, in lower case and without a full stop.
    public let message: String

    /// Makes a fault.
    init(_ kind: Kind, file: String, line: Int? = nil, column: Int? = nil, _ message: String) {
        self.kind = kind
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }
}

/// Thrown when a schema is not used: nothing can be validated without it.
public struct SchemaRefusal: Error, Hashable, Sendable {
    /// The reasons, at least one; of the faults that compiling finds, the first hundred.
    public let faults: [SchemaFault]
}
