/// What is wrong with the structure of a record.
public enum StructureFaultKind: Sendable, Equatable {
    /// The record has another number of fields than its file. The place is that of the first surplus field, or the
    /// end of the record where fields are missing.
    case wrongFieldCount(found: Int, expected: Int)
    /// A quote stands in a field that does not start with one. The place is that of the quote.
    case quoteInUnquotedField
    /// Text follows the closing quote of a field. The place is that of the text; but where the field holds a line
    /// break it is that of the opening quote, because there the mistake is likely to be.
    case textAfterClosingQuote
    /// The file ends inside a quoted field. The place is that of the opening quote.
    case unclosedQuote
    /// A CR stands in an unquoted field without an LF behind it. The place is that of the CR.
    case carriageReturnInUnquotedField
    /// The last record of the file has no line end. The place is the end of the file.
    case missingFinalLineEnd
    /// The record holds a NUL. The place is that of the first one.
    case nulByte
    /// The record is not well-formed UTF-8. The place is that of the first byte that starts no character.
    case invalidUTF8
}

/// A fault in the structure of one record, with its place in the block.
///
/// All ordinals and offsets count from 0 within the block; add those of the blocks before it to have the file's.
public struct StructureFault: Sendable, Equatable {
    /// What is wrong.
    public var kind: StructureFaultKind
    /// The record, counted among all records of the block, sound or not.
    public var recordOrdinal: Int
    /// The physical line of the offending byte: the number of LF before it in the block.
    public var lineOrdinal: Int
    /// The offset of the offending byte in the block.
    public var byteOffset: Int
    /// The bytes between the offending byte and the start of its physical line.
    public var columnOrdinal: Int
    /// The field that holds the offending byte; for a wrong number of fields the first that is missing or surplus.
    public var fieldOrdinal: Int

    /// A fault of the kind at the place.
    public init(
        kind: StructureFaultKind, recordOrdinal: Int, lineOrdinal: Int, byteOffset: Int, columnOrdinal: Int,
        fieldOrdinal: Int
    ) {
        self.kind = kind
        self.recordOrdinal = recordOrdinal
        self.lineOrdinal = lineOrdinal
        self.byteOffset = byteOffset
        self.columnOrdinal = columnOrdinal
        self.fieldOrdinal = fieldOrdinal
    }
}
