/// Tells tables from other files by their beginning, where their names do not tell.
public enum TableRecognition {
    /// How many bytes of a file are looked at.
    public static let sampleSize = 64 << 10

    /// Whether a file that begins with these bytes has a header row of what is validated, whatever its dialect.
    public static func isTable(beginning: [UInt8], _ definition: TableDefinition) -> Bool {
        FormGuess.isTable(beginning, definition)
    }
}
