import XMLStream

/// Makes rows of blocks of whole records, each block by itself: plain ones without a parser, the others by libxml2.
///
/// To be used by one thread; each has its own.
package struct XMLBlockReader: Sendable {
    package let header: XMLFileHeader
    let shape: XMLRecordShape
    private var plain: PlainRecordScanner

    /// A reader of a file's blocks in a shape.
    package init(header: XMLFileHeader, shape: XMLRecordShape) {
        self.header = header
        self.shape = shape
        plain = PlainRecordScanner(shape: shape, rootEnd: header.partEnd, isUTF8: header.isUTF8)
    }

    /// Replaces `rows` by those of a block; false when anything is wrong with it, which only a reading of the whole
    /// file can tell.
    mutating func read(_ block: Block, into rows: inout RecordRows) -> Bool {
        plain.scan(block, into: &rows) || parse(block, into: &rows)
    }

    /// Replaces `rows` by those of a block for whoever knows what is wrong with its records; false when it cannot be told
    /// from the block alone where they are.
    package mutating func readRecords(_ block: Block, into rows: inout RecordRows) -> Bool {
        plain.scan(block, into: &rows) || make(block, &rows).isWellFormed
    }

    /// Where the content of each field begins in a block, see ``RecordRows/fieldOffsets``.
    package func fieldOffsets(_ block: Block) -> [UInt32] {
        var rows = RecordRows()
        _ = make(block, &rows)
        return rows.fieldOffsets
    }

    /// Makes rows by libxml2 alone, with the places of all fields.
    func parse(_ block: Block, into rows: inout RecordRows) -> Bool {
        let made = make(block, &rows)
        return made.isWellFormed && !made.hasFaults
    }

    private func make(_ block: Block, _ rows: inout RecordRows) -> (isWellFormed: Bool, hasFaults: Bool) {
        let parser = XMLPushParser(blankTextDepth: 3)
        var builder = XMLRecordBuilder(shape: shape)
        builder.blockStart = UInt64(header.partStart.count)
        var isSound = true
        func take() {
            if !parser.faults.isEmpty { isSound = false }
            parser.withEvents { builder.take($0, of: parser) }
        }
        parser.feed(header.partStart.span)
        take()
        let piece = 32 << 10
        for start in stride(from: 0, to: block.count, by: piece) where isSound {
            parser.feed(block.storage.span.extracting(start..<min(start + piece, block.count)))
            take()
        }
        if !block.isLast {
            parser.feed(header.partEnd.span)
            take()
        }
        parser.finish()
        take()
        let made = builder.takeRows()
        rows = made.rows
        return (isSound && parser.verdict == .accepted, !made.faults.isEmpty)
    }
}
