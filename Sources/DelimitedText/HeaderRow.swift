/// The first record of a file, which names its columns.
public enum HeaderRow {
    /// The column names of the first record of `bytes`, which may have any number of fields.
    ///
    /// The bytes are those of a file from its start, without a byte order mark, and hold the first record whole (see
    /// ``RecordCutter/cutAfterFirst(_:)``) or all of the file. `names` are values, unquoted; `endOffset` is the offset
    /// behind the record and its line end; `fault` is the record's first, its names are then as good as they can be.
    /// No bytes give no names, offset 0 and no fault.
    public static func parseHeader(
        _ bytes: Span<UInt8>, dialect: Dialect = .native
    ) -> (names: [[UInt8]], endOffset: Int, fault: StructureFault?) {
        guard !bytes.isEmpty else { return ([], 0, nil) }
        var reader = RecordReader()
        _ = reader.read(bytes, from: 0, isLast: true, rule: QuoteRule(dialect))
        var faults: [StructureFault] = []
        reader.reportFaults(
            in: bytes, expecting: reader.fieldEnds.count, recordOrdinal: 0, lineOrdinal: 0, to: &faults)
        var names: [[UInt8]] = []
        var start = 0
        for end in reader.fieldEnds {
            names.append(FieldText.value(of: bytes.extracting(start..<Int(end)), dialect: dialect))
            start = Int(end) + 1
        }
        return (names, reader.end, faults.first)
    }
}
