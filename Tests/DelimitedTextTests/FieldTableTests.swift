import Testing

@testable import DelimitedText

@Suite struct FieldTableTests {
    private func table(_ text: String, by scanner: FieldScanner) -> FieldTable {
        var table = FieldTable()
        scanner.scan(Array(text.utf8).span, isLast: true, into: &table)
        return table
    }

    @Test func plainRecordsNeedNoOrdinals() {
        for scanner in FieldScanner.all(fieldCount: 2) {
            let table = table("a,b\r\nc,\n", by: scanner)
            #expect(table.recordStarts == [0, 5])
            #expect(table.fieldEnds == [1, 3, 6, 7])
            #expect(table.recordOrdinals.isEmpty)
            #expect(table.lineOrdinals.isEmpty)
            #expect(table.fieldRange(record: 1, field: 1) == 7..<7)
            #expect(table.recordOrdinal(of: 1) == 1)
            #expect(table.lineOrdinal(of: 1) == 1)
        }
    }

    @Test func faultyRecordsShiftOrdinals() {
        for scanner in FieldScanner.all(fieldCount: 2) {
            let table = table("a,b\nc\nd,e\n", by: scanner)
            #expect(table.recordOrdinals == [0, 2])
            #expect(table.lineOrdinals.isEmpty)
            #expect(table.lineOrdinal(of: 1) == 2)
            #expect(table.totalRecords == 3)
        }
    }

    @Test func lineBreaksShiftLines() {
        for scanner in FieldScanner.all(fieldCount: 2) {
            let broken = table("a,b\nc,\"\n\n\"\nd,e\n", by: scanner)
            #expect(broken.recordOrdinals.isEmpty)
            #expect(broken.lineOrdinals == [0, 1, 4])
            #expect(broken.totalLines == 5)

            let both = table("a,b\nc\n\"\n\"\nd,e\n", by: scanner)
            #expect(both.recordOrdinals == [0, 3])
            #expect(both.lineOrdinals == [0, 4])
        }
    }

    /// Scanning into a table again, even a smaller block of another shape, leaves nothing of the last scan.
    @Test func tableIsReplaced() {
        for scanner in FieldScanner.all(fieldCount: 2) {
            var used = table("a,\"\n\"\nc\nd,e\n", by: FieldScanner(fieldCount: 1))
            scanner.scan(Array("x,y\n".utf8).span, isLast: true, into: &used)
            let fresh = table("x,y\n", by: scanner)
            #expect(used.fieldEnds == fresh.fieldEnds)
            #expect(used.recordStarts == fresh.recordStarts)
            #expect(used.recordOrdinals.isEmpty && used.lineOrdinals.isEmpty && used.faults.isEmpty)
            #expect(!used.containsQuotes)
            #expect(used.totalRecords == 1 && used.totalLines == 1 && used.scannedBytes == 4)
        }
    }

    /// Every byte a separator is the most a block can hold: no block of that size may move the storage.
    @Test func storageIsKept() {
        let plain = Array("abcdefghi\n".utf8)
        let text = Array(repeatElement(plain, count: 500).joined())
        let worst = Array(repeating: UInt8.lineFeed, count: text.count)
        for scanner in FieldScanner.all(fieldCount: 1) {
            var table = FieldTable()
            scanner.scan(text.span, isLast: true, into: &table)
            let ends = table.fieldEnds.capacity
            let starts = table.recordStarts.capacity
            scanner.scan(worst.span, isLast: true, into: &table)
            #expect(table.recordCount == worst.count)
            #expect(table.fieldEnds.capacity == ends)
            #expect(table.recordStarts.capacity == starts)
        }
    }
}
