/// The fields of the sound records of one block, as offsets, and the faults of the others.
///
/// The table holds no text: read the bytes of a field from the block at ``fieldRange(record:field:)``. A *sound* record
/// has the expected number of fields, no NUL, well-formed UTF-8 and no fault of quoting; only sound records stand in
/// the table, and every other one stands in ``faults``.
///
/// A fault is reported at most once per record and class: one of quoting (the first by position) or else the number of
/// fields, then one of its bytes (NUL or UTF-8, the first by position), and for the last record of a file its missing
/// line end. That last fault alone leaves the record sound. An unclosed quote is not reported as a missing line end too.
///
/// Scan many blocks into one table: its storage is kept, and is allocated anew only for a larger block.
public struct FieldTable: Sendable {
    /// The number of fields of every record in the table.
    public internal(set) var fieldCount = 0
    /// The offset of the first byte of each record in the table.
    public internal(set) var recordStarts: [UInt32] = []
    /// The offset behind the raw text of each field: field `c` of record `r` at `r * fieldCount + c`.
    ///
    /// The raw text of a quoted field includes its quotes; the CR of a line end belongs to no field.
    public internal(set) var fieldEnds: [UInt32] = []
    /// The ordinal of each record in the table among all records of the block; empty if each is its index.
    public internal(set) var recordOrdinals: [UInt32] = []
    /// The physical line on which each record in the table starts, counted from 0; empty if each is the record's
    /// ordinal, as it is unless a quoted field of the block holds a line break.
    public internal(set) var lineOrdinals: [UInt32] = []
    /// The number of records of the block, sound or not.
    public internal(set) var totalRecords = 0
    /// The number of physical lines of the block: its LF, and one more if bytes stand behind the last.
    public internal(set) var totalLines = 0
    /// The number of bytes of the block's records: all of them if the block ends with a whole record or is the last.
    public internal(set) var scannedBytes = 0
    /// Whether a quote stands in any record of the block; if not, the raw text of every field is its value.
    public internal(set) var containsQuotes = false
    /// The faults of the block's records in their order.
    public internal(set) var faults: [StructureFault] = []

    var keepsRecordOrdinals = false
    var keepsLineOrdinals = false
    /// Kept here only for its storage.
    var reader = RecordReader()

    /// A table without records.
    public init() {}

    /// The number of records in the table.
    public var recordCount: Int { recordStarts.count }

    /// Where the raw text of a field stands in the block.
    @inlinable
    public func fieldRange(record: Int, field: Int) -> Range<Int> {
        precondition(field >= 0 && field < fieldCount, "no such field")
        let entry = record * fieldCount + field
        let start = field == 0 ? Int(recordStarts[record]) : Int(fieldEnds[entry - 1]) + 1
        return start..<Int(fieldEnds[entry])
    }

    /// The ordinal of a record of the table among all records of the block.
    public func recordOrdinal(of record: Int) -> Int {
        recordOrdinals.isEmpty ? record : Int(recordOrdinals[record])
    }

    /// The physical line on which a record of the table starts, counted from 0 within the block.
    public func lineOrdinal(of record: Int) -> Int {
        lineOrdinals.isEmpty ? recordOrdinal(of: record) : Int(lineOrdinals[record])
    }
}
