/// How much a schema may ask for, since it may come from anybody.
public struct SchemaLimits: Hashable, Sendable {
    /// The bytes of one document.
    public var documentBytes = 16 << 20

    /// The bytes of all documents.
    public var totalBytes = 32 << 20

    /// The elements of all documents; UBL's invoice, large for a schema, has 35,000.
    public var elements = 250_000

    /// The number of documents, counting one that is reached by two addresses twice.
    public var documents = 256

    /// How deep elements of a document may be nested.
    public var depth = 128

    /// The attributes of one element.
    public var attributes = 256

    /// The bytes from one tag, text or comment to the next.
    public var markupBytes = 1 << 20

    /// The types, elements, attributes and groups that stand at the top of the documents.
    ///
    /// libxml2 follows their references by recursion, and chains of many more of them overflow the stack.
    public var components = 20_000

    /// How many elements may be in the substitution group of an element that is in one itself.
    ///
    /// When they form a chain, libxml2 needs memory with the square of their number.
    public var substitutions = 2_000

    /// The milliseconds that compiling may be on a processor; waiting for one does not count.
    public var compileMilliseconds = 10_000

    /// The bytes that libxml2 may hold while it compiles.
    ///
    /// UBL's invoice needs 13 MB. A few thousand optional elements in a row need more than this: libxml2 takes memory
    /// with the square of their number.
    public var compileBytes = 48 << 20

    /// The limits that are used when none are given.
    public static let standard = SchemaLimits()

    /// The standard limits, for changing some.
    public init() {}
}
