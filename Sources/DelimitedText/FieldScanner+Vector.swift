// The vector engine. Before you change it:
//
// It indexes the separators outside quotes up to the first byte that needs a closer look (a NUL, a lone CR, a line break
// inside quotes, a fault of quoting), takes the records that are whole by then, and gives the record with that byte to
// the reference machine. What makes it fast is that the number of fields is checked once a record instead of once a
// separator: in a sound block every `fieldCount`-th separator is an LF, and there is no other LF. The index counts the
// LF, so both halves of that sentence cost one comparison a record. A record that breaks it, or is not UTF-8, goes to
// the reference machine too, which alone reports faults; the index is then taken up again behind it.

extension FieldScanner {
    /// The most bytes that are indexed before their records are taken, so that they are still in the nearest cache.
    private static var segmentBytes: Int { 16 << 10 }

    /// The fewest, after a record that was not plain: a segment is indexed once more for each such record in it.
    private static var shortSegmentBytes: Int { 512 }

    func scanByVectors(_ block: Span<UInt8>, isLast: Bool, into table: inout FieldTable) {
        let rule = QuoteRule(dialect)
        var recordStart = 0
        var indexed = 0
        var segment = Self.segmentBytes
        // Whether the open record, indexed only in part, may hold bytes that are not ASCII.
        var openMayHoldNonASCII = false
        var mayHoldQuotes = false
        var state = QuotingState()

        while recordStart < block.count {
            let first = table.recordCount
            let firstStart = recordStart
            let segmentEnd = min(indexed + segment, block.count)
            let index = appendSeparators(
                of: block, in: indexed..<segmentEnd, dialect: dialect, kernel: kernel, state: &state,
                to: &table.fieldEnds)
            let taken = Self.takeRecords(
                of: block, from: &recordStart, fieldCount: fieldCount, fieldEnds: &table.fieldEnds,
                recordStarts: &table.recordStarts)
            indexed = index.stop
            var isOpenSuspect = index.stop < segmentEnd || index.stop == block.count

            if taken.endsWithMisfit || taken.count != index.lineFeeds {
                isOpenSuspect = true
                recordStart = table.dropRecords(from: firstMisfit(in: table, from: first, block), open: recordStart)
            }
            let mayHoldNonASCII = index.mayHoldNonASCII || openMayHoldNonASCII
            openMayHoldNonASCII = index.mayHoldNonASCII || (openMayHoldNonASCII && taken.count == 0)
            if mayHoldNonASCII,
                let invalid = UTF8Check.firstInvalidByte(in: block.extracting(firstStart..<recordStart))
            {
                isOpenSuspect = true
                let record = table.lastRecord(startingUpTo: firstStart + invalid)
                recordStart = table.dropRecords(from: record, open: recordStart)
            }
            mayHoldQuotes = mayHoldQuotes || index.mayHoldQuotes
            if mayHoldQuotes, !table.containsQuotes,
                firstOffset(of: dialect.quote, in: block.extracting(firstStart..<recordStart), from: 0) != nil
            {
                table.containsQuotes = true
            }
            table.countPlainRecords(table.recordCount - first)
            guard isOpenSuspect else {
                segment = min(segment * 2, Self.segmentBytes)
                continue
            }

            table.dropOpenFields()
            while recordStart < block.count {
                guard let record = table.readRecord(of: block, from: recordStart, isLast: isLast, rule: rule) else {
                    table.scannedBytes = recordStart
                    return
                }
                recordStart = record.end
                // Faults come in runs, for instance where another table was appended to a file.
                if record.isSound { break }
            }
            indexed = recordStart
            state = QuotingState()
            segment = Self.shortSegmentBytes
            openMayHoldNonASCII = false
        }
        table.scannedBytes = recordStart
    }

    /// Takes the records whose fields are indexed, up to one whose last separator is not an LF.
    private static func takeRecords(
        of block: Span<UInt8>, from recordStart: inout Int, fieldCount: Int, fieldEnds: inout [UInt32],
        recordStarts: inout [UInt32]
    ) -> (count: Int, endsWithMisfit: Bool) {
        var start = recordStart
        var endsWithMisfit = false
        let before = recordStarts.count
        let whole = fieldEnds.count / fieldCount - before
        guard whole > 0 else { return (0, false) }
        var ends = fieldEnds.mutableSpan
        recordStarts.append(addingCapacity: whole) { starts in
            var entry = before * fieldCount - 1
            for _ in 0..<whole {
                entry += fieldCount
                let end = Int(ends[entry])
                guard block[end] == .lineFeed else {
                    endsWithMisfit = true
                    return
                }
                if end > start, block[end - 1] == .carriageReturn { ends[entry] = UInt32(truncatingIfNeeded: end - 1) }
                starts.append(UInt32(truncatingIfNeeded: start))
                start = end + 1
            }
        }
        recordStart = start
        return (recordStarts.count - before, endsWithMisfit)
    }

    /// The first record, at or behind `first`, of which a separator other than its last is an LF; the open record if
    /// there is none before it.
    private func firstMisfit(in table: FieldTable, from first: Int, _ block: Span<UInt8>) -> Int {
        for record in first..<table.recordCount {
            let entry = record * fieldCount
            for field in 0..<fieldCount - 1 where block[Int(table.fieldEnds[entry + field])] == .lineFeed {
                return record
            }
        }
        return table.recordCount
    }
}

extension FieldTable {
    /// Drops the records from `record` on and returns where it starts; the open record, behind the last, at `open`.
    fileprivate mutating func dropRecords(from record: Int, open: Int) -> Int {
        guard record < recordCount else { return open }
        let start = Int(recordStarts[record])
        recordStarts.removeSubrange(record...)
        return start
    }

    /// Drops the fields that belong to no record of the table.
    fileprivate mutating func dropOpenFields() {
        fieldEnds.removeSubrange((recordCount * fieldCount)...)
    }

    /// The last record that starts at or before an offset.
    fileprivate func lastRecord(startingUpTo offset: Int) -> Int {
        var low = 0
        var high = recordCount
        while low < high {
            let middle = (low + high) / 2
            if Int(recordStarts[middle]) <= offset { low = middle + 1 } else { high = middle }
        }
        return max(low - 1, 0)
    }
}
