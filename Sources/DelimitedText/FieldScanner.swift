/// Finds the fields of the records of a block.
///
/// ```swift
/// var table = FieldTable()
/// let scanner = FieldScanner(fieldCount: 2)
/// scanner.scan(Array("a,b\nc,d\n".utf8).span, isLast: true, into: &table)
/// table.recordCount  // 2
/// table.fieldRange(record: 1, field: 0)  // 4..<5
/// ```
///
/// The grammar is RFC 4180, strictly, with LF or CRLF as the line end; an empty line is a record of one empty field. A
/// fault costs its record and no other: a quote inside an unquoted field is an ordinary byte and opens nothing, and
/// behind a closing quote the rest of the field is read as unquoted. ``RecordCutter`` follows the same rule.
///
/// Both engines give the same table for the same bytes, faulty ones included; the tests hold them to it.
public struct FieldScanner: Sendable {
    /// The way in which a scanner finds the fields.
    public enum Engine: Sendable {
        /// One state machine over single bytes: the definition.
        case reference
        /// Many bytes at once; the state machine for records with a fault or with a line break inside quotes.
        case vector
    }

    /// The number of fields that a sound record has.
    public let fieldCount: Int
    /// The dialect of the records.
    public let dialect: Dialect
    /// The way in which the fields are found.
    public let engine: Engine

    let kernel: SeparatorKernel
    /// The vector engine takes it for granted that the bytes with a meaning all differ.
    private let isVectorizable: Bool

    /// A scanner of records of so many fields, at least one.
    public init(fieldCount: Int, dialect: Dialect = .native, engine: Engine = .vector) {
        self.init(fieldCount: fieldCount, dialect: dialect, engine: engine, kernel: .best)
    }

    init(fieldCount: Int, dialect: Dialect, engine: Engine, kernel: SeparatorKernel) {
        precondition(fieldCount > 0, "a record has at least one field")
        self.fieldCount = fieldCount
        self.dialect = dialect
        self.engine = engine
        self.kernel = kernel
        isVectorizable = dialect.isPlain
    }

    /// Replaces what `table` holds by the fields of `block`, which starts at the start of a record.
    ///
    /// The block has fewer than 2^31 bytes. With `isLast` the file ends with the block, and its last record with the
    /// file; otherwise a record that does not end within the block is left out, and ``FieldTable/scannedBytes`` tells
    /// where it starts. Complexity: O(*n*).
    public func scan(_ block: Span<UInt8>, isLast: Bool, into table: inout FieldTable) {
        precondition(block.count < 1 << 31, "a block has fewer than 2^31 bytes")
        table.reset(fieldCount: fieldCount, bytes: block.count)
        switch engine {
        case .vector where isVectorizable: scanByVectors(block, isLast: isLast, into: &table)
        case .vector, .reference: scanByBytes(block, isLast: isLast, into: &table)
        }
    }

    private func scanByBytes(_ block: Span<UInt8>, isLast: Bool, into table: inout FieldTable) {
        let rule = QuoteRule(dialect)
        while table.scannedBytes < block.count,
            let record = table.readRecord(of: block, from: table.scannedBytes, isLast: isLast, rule: rule)
        {
            table.scannedBytes = record.end
        }
    }
}
