/// Something that a schema demands and validation does not enforce.
public struct SchemaNote: Hashable, Sendable {
    /// The type of XML Schema, such as `ID` or `IDREF`.
    public let type: String

    /// The document that uses the type.
    public let file: String

    /// The line of the first use, from 1.
    public let line: Int

    /// The column of the first use, in bytes from 1.
    public let column: Int

    /// How many uses the document has.
    public internal(set) var uses: Int

    /// What is not enforced.
    public var message: String {
        switch type {
        case "ID": "that values of type xs:ID are unique is not enforced"
        case "IDREF", "IDREFS": "that values of type xs:\(type) name an xs:ID of the document is not enforced"
        default: "that values of type xs:\(type) name an entity of the document is not enforced"
        }
    }
}
