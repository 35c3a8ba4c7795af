/// Where a run of bytes can be cut so that only whole records stand before the cut.
public enum RecordCut: Equatable, Sendable {
    /// So many bytes at the front are whole records; always more than none.
    case after(Int)
    /// No record ends within the bytes.
    case noWholeRecord
}

/// Cuts bytes after whole records, for readers that hand blocks to several scanners.
///
/// A cut depends on nothing but the bytes and the dialect, and follows the records exactly as ``FieldScanner`` does,
/// faulty ones included; quotes are followed from the first byte, never guessed at.
///
/// The bytes given to it start at the start of a record. Complexity: O(*n*), at the speed of a byte search where the
/// bytes hold no quote.
public struct RecordCutter: Sendable {
    /// The dialect of the records.
    public let dialect: Dialect

    /// A cutter of records in the dialect.
    public init(dialect: Dialect = .native) {
        self.dialect = dialect
    }

    /// The cut after the last whole record of `bytes`.
    public func cut(_ bytes: Span<UInt8>) -> RecordCut {
        if !dialect.hasQuotes { return cut(at: recordStartBehindLastLineFeed(of: bytes)) }
        guard dialect.isPlain else { return cutByBytes(bytes) }
        // Without a quote every LF ends a record.
        guard firstOffset(of: dialect.quote, in: bytes, from: 0) != nil else {
            return cut(at: recordStartBehindLastLineFeed(of: bytes))
        }
        // Well-formed quotes are followed many bytes at once; a record that stops this is followed by its bytes.
        var recordStart = 0
        while true {
            let plain = lastPlainRecordEnd(in: bytes, from: recordStart, dialect: dialect, kernel: .best)
            guard plain.isStopped, let end = recordEnd(in: bytes, from: plain.end) else { return cut(at: plain.end) }
            recordStart = end
        }
    }

    /// The cut after the first whole record of `bytes`.
    public func cutAfterFirst(_ bytes: Span<UInt8>) -> RecordCut {
        cut(at: recordEnd(in: bytes, from: 0) ?? 0)
    }

    private func cut(at offset: Int) -> RecordCut {
        offset > 0 ? .after(offset) : .noWholeRecord
    }

    /// The offset behind the line end of the record that starts at `start`, nil if it does not end.
    private func recordEnd(in bytes: Span<UInt8>, from start: Int) -> Int? {
        var rule = QuoteRule(dialect)
        for offset in start..<bytes.count {
            if case .recordEnd = rule.take(bytes[offset]) { return offset + 1 }
        }
        return nil
    }

    private func cutByBytes(_ bytes: Span<UInt8>) -> RecordCut {
        var recordStart = 0
        while let end = recordEnd(in: bytes, from: recordStart) { recordStart = end }
        return cut(at: recordStart)
    }

    private func recordStartBehindLastLineFeed(of bytes: Span<UInt8>) -> Int {
        var offset = bytes.count
        while offset > 0, bytes[offset - 1] != .lineFeed { offset -= 1 }
        return offset
    }
}
