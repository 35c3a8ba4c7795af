extension RecordReader {
    /// Appends the faults of the record that was read last, which had the given ordinal and started on the given line.
    func reportFaults(
        in block: Span<UInt8>, expecting fieldCount: Int, recordOrdinal: Int, lineOrdinal: Int,
        to faults: inout [StructureFault]
    ) {
        func report(_ kind: StructureFaultKind, at offset: Int, field: Int? = nil) {
            let line = physicalLine(of: offset, in: block)
            faults.append(
                StructureFault(
                    kind: kind, recordOrdinal: recordOrdinal, lineOrdinal: lineOrdinal + line.ordinal,
                    byteOffset: offset, columnOrdinal: offset - line.start,
                    fieldOrdinal: field ?? fieldHolding(offset)))
        }
        if let quotingFault {
            report(quotingFault.kind, at: quotingFault.offset)
        } else if fieldEnds.count != fieldCount {
            let kind = StructureFaultKind.wrongFieldCount(found: fieldEnds.count, expected: fieldCount)
            let isSurplus = fieldEnds.count > fieldCount
            let offset = isSurplus ? Int(fieldEnds[fieldCount - 1]) + 1 : fieldEnds.last.map(Int.init) ?? end
            report(kind, at: offset, field: min(fieldEnds.count, fieldCount))
        }
        if let byteFault { report(byteFault.kind, at: byteFault.offset) }
        if !isTerminated, quotingFault?.kind != .unclosedQuote { report(.missingFinalLineEnd, at: end) }
    }

    /// The line of an offset, counted from the record's first, and where that line starts.
    ///
    /// Faults are few: it walks from the start of the record, so that reading need not keep count.
    private func physicalLine(of offset: Int, in block: Span<UInt8>) -> (ordinal: Int, start: Int) {
        var ordinal = 0
        var lineStart = start
        for candidate in start..<offset where block[candidate] == .lineFeed {
            ordinal += 1
            lineStart = candidate + 1
        }
        return (ordinal, lineStart)
    }

    private func fieldHolding(_ offset: Int) -> Int {
        fieldEnds.firstIndex { offset <= $0 } ?? max(fieldEnds.count - 1, 0)
    }
}
