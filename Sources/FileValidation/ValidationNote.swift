/// Something about a validation that is no fault of the file: what a schema demands and nobody checks.
public struct ValidationNote: Hashable, Sendable {
    /// The file that the note is about: a document of the schema.
    public let file: String

    /// The line, from 1.
    public let line: Int

    /// The column, in bytes from 1.
    public let column: Int

    /// What is not checked.
    public let message: String

    /// How often the document demands it.
    public let uses: Int

    /// A note from its parts.
    public init(file: String, line: Int, column: Int, message: String, uses: Int) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
        self.uses = uses
    }
}
