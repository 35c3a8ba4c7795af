@testable import DelimitedText

/// All that scanning a text tells, with places counted from the start of the text, however it was cut into blocks.
struct Reading: Equatable {
    struct Record: Equatable {
        var start: Int
        var fields: [Range<Int>]
        var ordinal: Int
        var line: Int
    }

    var records: [Record] = []
    var faults: [StructureFault] = []
    var totalRecords = 0
    var totalLines = 0
    var totalBytes = 0
    var containsQuotes = false

    /// Adds the table of the block that follows what was read so far.
    mutating func add(_ table: FieldTable) {
        for record in 0..<table.recordCount {
            records.append(
                Record(
                    start: totalBytes + Int(table.recordStarts[record]),
                    fields: (0..<table.fieldCount).map { field in
                        let range = table.fieldRange(record: record, field: field)
                        return totalBytes + range.lowerBound..<totalBytes + range.upperBound
                    },
                    ordinal: totalRecords + table.recordOrdinal(of: record),
                    line: totalLines + table.lineOrdinal(of: record)))
        }
        for var fault in table.faults {
            fault.byteOffset += totalBytes
            fault.recordOrdinal += totalRecords
            fault.lineOrdinal += totalLines
            faults.append(fault)
        }
        totalRecords += table.totalRecords
        totalLines += table.totalLines
        totalBytes += table.scannedBytes
        containsQuotes = containsQuotes || table.containsQuotes
    }

    /// The reading of a text in one block.
    static func whole(_ text: [UInt8], by scanner: FieldScanner) -> Reading {
        var table = FieldTable()
        scanner.scan(text.span, isLast: true, into: &table)
        var reading = Reading()
        reading.add(table)
        return reading
    }

    /// The reading of a text that arrives in pieces of `size` bytes, each cut after its last whole record.
    static func inPieces(_ text: [UInt8], of size: Int, by scanner: FieldScanner) -> Reading {
        let cutter = RecordCutter(dialect: scanner.dialect)
        var table = FieldTable()
        var reading = Reading()
        var start = 0
        var end = 0
        while end < text.count {
            end = min(end + size, text.count)
            let bytes = text.span.extracting(start..<end)
            guard case .after(let count) = cutter.cut(bytes) else { continue }
            scanner.scan(bytes.extracting(0..<count), isLast: false, into: &table)
            reading.add(table)
            start += count
        }
        scanner.scan(text.span.extracting(start..<text.count), isLast: true, into: &table)
        reading.add(table)
        return reading
    }

    /// The values of the sound records.
    func values(in text: [UInt8], dialect: Dialect = .native) -> [[String]] {
        records.map { record in
            record.fields.map { field in
                String(decoding: FieldText.value(of: text.span.extracting(field), dialect: dialect), as: UTF8.self)
            }
        }
    }
}

extension FieldScanner {
    /// A scanner of every engine and, for the vector engine, of every instruction set of this processor.
    static func all(fieldCount: Int, dialect: Dialect = .native) -> [FieldScanner] {
        [FieldScanner(fieldCount: fieldCount, dialect: dialect, engine: .reference)]
            + SeparatorKernel.available.map {
                FieldScanner(fieldCount: fieldCount, dialect: dialect, engine: .vector, kernel: $0)
            }
    }
}
