extension FieldTable {
    /// Empties the table for a scan of `bytes` bytes and reserves storage for the most they can hold, so that no scan
    /// allocates while it runs: each entry stands for a byte of its own, but for a last field without a line end.
    mutating func reset(fieldCount: Int, bytes: Int) {
        self.fieldCount = fieldCount
        recordStarts.removeAll(keepingCapacity: true)
        fieldEnds.removeAll(keepingCapacity: true)
        recordOrdinals.removeAll(keepingCapacity: true)
        lineOrdinals.removeAll(keepingCapacity: true)
        faults.removeAll(keepingCapacity: true)
        recordStarts.reserveCapacity(bytes / fieldCount + 1)
        fieldEnds.reserveCapacity(bytes + 1 + separatorIndexSlack)
        totalRecords = 0
        totalLines = 0
        scannedBytes = 0
        containsQuotes = false
        keepsRecordOrdinals = false
        keepsLineOrdinals = false
    }

    /// Counts sound records of one line each that stand in `recordStarts` and `fieldEnds` already.
    mutating func countPlainRecords(_ count: Int) {
        if keepsRecordOrdinals { recordOrdinals.append(contentsOf: ordinals(from: totalRecords, count: count)) }
        if keepsLineOrdinals { lineOrdinals.append(contentsOf: ordinals(from: totalLines, count: count)) }
        totalRecords += count
        totalLines += count
    }

    /// Reads the record at `start` by the quote rule, and takes it into the table or its faults into `faults`.
    ///
    /// Returns nil if the record is not whole; `start` is below the number of bytes.
    mutating func readRecord(
        of block: Span<UInt8>, from start: Int, isLast: Bool, rule: QuoteRule
    ) -> (end: Int, isSound: Bool)? {
        guard reader.read(block, from: start, isLast: isLast, rule: rule) else { return nil }
        if reader.holdsQuote { containsQuotes = true }
        let isSound = reader.isSound(fieldCount: fieldCount)
        if isSound {
            if reader.lineBreaks > 0 { keepLineOrdinals() }
            if keepsRecordOrdinals { recordOrdinals.append(UInt32(truncatingIfNeeded: totalRecords)) }
            if keepsLineOrdinals { lineOrdinals.append(UInt32(truncatingIfNeeded: totalLines)) }
            recordStarts.append(UInt32(truncatingIfNeeded: start))
            fieldEnds.append(contentsOf: reader.fieldEnds)
        } else {
            keepRecordOrdinals()
            if reader.lineBreaks > 0 { keepLineOrdinals() }
        }
        reader.reportFaults(
            in: block, expecting: fieldCount, recordOrdinal: totalRecords, lineOrdinal: totalLines, to: &faults)
        totalRecords += 1
        totalLines += reader.lines
        return (reader.end, isSound)
    }

    /// Starts to keep the ordinals of records; those in the table have their index so far.
    private mutating func keepRecordOrdinals() {
        guard !keepsRecordOrdinals else { return }
        keepsRecordOrdinals = true
        recordOrdinals.append(contentsOf: ordinals(from: 0, count: recordCount))
    }

    /// Starts to keep the lines of records; those in the table have their ordinal so far.
    private mutating func keepLineOrdinals() {
        guard !keepsLineOrdinals else { return }
        keepsLineOrdinals = true
        if keepsRecordOrdinals {
            lineOrdinals.append(contentsOf: recordOrdinals)
        } else {
            lineOrdinals.append(contentsOf: ordinals(from: 0, count: recordCount))
        }
    }

    // A block has fewer than 2^31 bytes, hence its records and lines are fewer: nothing is truncated.
    private func ordinals(from first: Int, count: Int) -> Range<UInt32> {
        UInt32(truncatingIfNeeded: first)..<UInt32(truncatingIfNeeded: first + count)
    }
}
