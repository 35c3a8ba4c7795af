public import BillingRecords

/// A charge as its file has it, for whoever wants to see all of it.
public struct ChargeRow: Hashable, Sendable {
    /// The values in the order of `NativeColumns.charges`; fewer where the record could not be found again.
    public let values: [[UInt8]]

    /// The name of the file, without its folders.
    public let file: String

    /// The physical line of the charge's first byte, from 1.
    public let line: Int

    /// A row from its parts.
    public init(values: [[UInt8]], file: String, line: Int) {
        self.values = values
        self.file = file
        self.line = line
    }
}

extension CitedChargeReader {
    /// The whole rows of the charges at some positions, which come in order, each once.
    public func rows(at positions: [RecordPosition]) throws -> [RecordPosition: ChargeRow] {
        var rows: [RecordPosition: ChargeRow] = [:]
        for position in positions { if let row = appendedRow(at: position) { rows[position] = row } }
        let positions = positions.filter { rows[$0] == nil }
        var place = 0
        var documents: [Int: ForeignXMLCursor] = [:]
        try locate(positions[...]) { (record, replay) throws(InputError) in
            let format = formats[record.file]
            let values: [[UInt8]]
            if let foreign = format.header.foreign {
                values = try self.values(of: record, in: foreign, replay, &documents)
            } else if let xml = format.header.xml {
                values = try self.values(at: record.start, in: xml, replay)
            } else {
                let all = try self.values(at: record.start, replay)
                values = format.layout.fields.map { all.indices.contains($0) ? all[$0] : [] }
            }
            rows[positions[place]] = ChargeRow(
                values: values, file: directory.files[record.file], line: record.line)
            place += 1
        }
        return rows
    }
}
