// This file holds unsafe code: the bytes of a piece, lent to the search for line ends.

public import BillingRecords
import CByteScan
import DelimitedText

/// Looks up the charges that findings cite, in a second, selective look at the files.
///
/// Regular charges leave only their position behind; the few that a finding cites are read again.
public struct CitedChargeReader: Sendable {
    let directory: BlockDirectory
    let formats: [NativeFileFormat]
    private let sources: [InputSource]

    /// Charges that no file has, as rows; their places follow the blocks of the files.
    public var appended: [ChargeRow] = []

    /// A reader over files that were read to their end.
    public init(directory: BlockDirectory, formats: [NativeFileFormat], sources: [InputSource]) {
        self.directory = directory
        self.formats = formats
        self.sources = sources
    }

    /// The charges at some positions, in any order and any number of times each.
    ///
    /// - Complexity: O(n log n), and one small read a charge; compressed files are unpacked once more, by one thread.
    public func charges(at positions: [RecordPosition], threads: Int = 1) throws -> CitedCharges {
        var sorted: [RecordPosition] = []
        for position in positions.sorted() where position != sorted.last { sorted.append(position) }
        let further = appendedCharges(at: &sorted)
        let isReadInParts = sources.allSatisfy { $0.compression == .none } && !formats.contains { $0.isForeignDocument }
        let parts = isReadInParts ? max(1, threads) * 4 : 1
        let all = sorted
        let found = try WorkerThreads.all(
            threads: threads,
            (0..<parts).map { part in
                { try charges(at: all[(all.count * part / parts)..<(all.count * (part + 1) / parts)]) }
            })
        return CitedCharges(
            positions: all + further.map(\.position), charges: found.flatMap { $0 } + further.map(\.charge))
    }

    /// The charges at some positions, which come in order.
    private func charges(at positions: ArraySlice<RecordPosition>) throws(InputError) -> [CitedCharge] {
        var found: [CitedCharge] = []
        found.reserveCapacity(positions.count)
        var documents: [Int: ForeignXMLCursor] = [:]
        let plainFiles = formats.map { $0.header.foreign == nil && $0.header.xml == nil }
        try locate(positions) { (record, replay) throws(InputError) in
            // Asked part by part: a copy of the whole format would count all its references up and down.
            let identifier =
                if !plainFiles[record.file], let foreign = formats[record.file].header.foreign {
                    try values(of: record, in: foreign, replay, &documents).first ?? []
                } else if !plainFiles[record.file], let xml = formats[record.file].header.xml {
                    try identifier(at: record.start, in: xml, replay)
                } else if let plain = plainField(formats[record.file].layout.fields[0], of: record.bytes) {
                    plain
                } else {
                    try identifier(at: record.start, record.file, replay)
                }
            found.append(CitedCharge(identifier: identifier, file: directory.files[record.file], line: record.line))
        }
        return found
    }

    /// Where a record stands in its file.
    struct Located {
        /// The ordinal of the file.
        let file: Int
        /// The offset of the record in the file.
        let start: UInt64
        /// Some bytes of the record from its start, or none.
        let bytes: ArraySlice<UInt8>
        /// The physical line of its first byte.
        let line: Int
    }

    /// Finds the records at some positions, which come in order, and hands each to `body`.
    ///
    /// The files are asked once, at the end, whether they are still those that were read first: what `body` was handed
    /// is worth nothing if this throws.
    func locate(
        _ positions: ArraySlice<RecordPosition>, _ body: (Located, InputReplay) throws(InputError) -> Void
    ) throws(InputError) {
        var replays: [Int: InputReplay] = [:]
        do throws(InputError) {
            try locate(positions, in: &replays, body)
        } catch {
            // What looks damaged in a file that was changed is not its fault.
            for replay in replays.values { try replay.confirm() }
            throw error
        }
        for replay in replays.values { try replay.confirm() }
    }

    private func locate(
        _ positions: ArraySlice<RecordPosition>, in replays: inout [Int: InputReplay],
        _ body: (Located, InputReplay) throws(InputError) -> Void
    ) throws(InputError) {
        var lines = LineCursor()
        for position in positions {
            let block = directory.entries[position.block]
            let replay: InputReplay
            if let opened = replays[block.file] {
                replay = opened
            } else {
                replay = try InputReplay(of: sources[block.file])
                replays[block.file] = replay
            }
            var record: ArraySlice<UInt8> = []
            let offset: Int
            if let known = position.byteOffset {
                offset = known
            } else {
                (offset, record) = try self.record(at: position, in: block, replay)
            }
            let line = try line(of: position, at: offset, in: block, replay, after: &lines)
            try body(
                Located(file: block.file, start: block.fileOffset + UInt64(offset), bytes: record, line: line), replay)
        }
    }

    /// A record whose offset was not kept, some records behind a sampled one: its offset in its block, and bytes from
    /// there on, which may end before the record does.
    private func record(
        at position: RecordPosition, in block: BlockDirectory.Entry, _ replay: InputReplay
    ) throws(InputError) -> (offset: Int, bytes: ArraySlice<UInt8>) {
        let sample = position.record / block.sampleDistance
        guard block.sampledOffsets.indices.contains(sample) else { return (0, []) }
        let start = Int(block.sampledOffsets[sample])
        let skipped = position.record % block.sampleDistance
        // The samples of XML are of every record, for which the next bytes need not be a row.
        if block.sampleDistance == 1 { return (start, []) }
        var count = (skipped + 1) * 128
        while true {
            let read = try bytes(at: block.fileOffset + UInt64(start), count: count, replay)
            if let end = end(ofRecord: skipped, in: read, isPlain: !block.hasMultilineRecords) {
                return (start + end, read[end...])
            }
            // A record is at most as long as the limit, so this ends.
            guard read.count == count else { return (start, []) }
            count *= 2
        }
    }

    /// Where the first `count` records of some bytes end, or nil if they reach beyond them.
    private func end(ofRecord count: Int, in bytes: [UInt8], isPlain: Bool) -> Int? {
        var (end, left) = (0, count)
        if isPlain {
            unsafe bytes.withUnsafeBufferPointer { bytes in
                guard let base = bytes.baseAddress else { return }
                while left > 0, end < bytes.count {
                    let place = unsafe end + cbytescan_find(base + end, bytes.count - end, UInt8(ascii: "\n"))
                    guard place < bytes.count else { return }
                    left -= 1
                    end = place + 1
                }
            }
            return left == 0 ? end : nil
        }
        while left > 0 {
            guard case .after(let length) = RecordCutter().cutAfterFirst(bytes.span.extracting(end..<bytes.count))
            else {
                return nil
            }
            end += length
            left -= 1
        }
        return end
    }

    /// How far the lines of a block were counted.
    private struct LineCursor {
        var block = -1
        var offset = 0
        var line = 0
    }

    /// The line of a record; positions come in order, so that each byte of a block is counted once.
    private func line(
        of position: RecordPosition, at offset: Int, in block: BlockDirectory.Entry, _ replay: InputReplay,
        after cursor: inout LineCursor
    ) throws(InputError) -> Int {
        guard block.hasMultilineRecords else { return block.firstLine + position.record }
        if cursor.block != position.block || cursor.offset > offset {
            cursor = LineCursor(block: position.block, offset: 0, line: block.firstLine)
        }
        let between = try bytes(
            at: block.fileOffset + UInt64(cursor.offset), count: offset - cursor.offset, replay)
        cursor.line += XMLLineEnds(between.span, encoding: markup(of: block.file)).count
        cursor.offset = offset
        return cursor.line
    }

    private func identifier(
        at offset: UInt64, _ file: Int, _ replay: InputReplay
    ) throws(InputError) -> [UInt8] {
        let field = formats[file].layout.fields[0]
        // The id stands in front in nearly every file.
        if let plain = plainField(field, of: try bytes(at: offset, count: 128, replay)[...]) { return plain }
        let values = try values(at: offset, replay)
        return values.indices.contains(field) ? values[field] : []
    }

    /// All values of the CSV record at an offset, in the order of the file's columns.
    func values(at offset: UInt64, _ replay: InputReplay) throws(InputError) -> [[UInt8]] {
        var count = 512
        while true {
            let record = try bytes(at: offset, count: count, replay)
            let parsed = HeaderRow.parseHeader(record.span)
            let isWhole = parsed.endOffset < record.count || record.count < count
            if isWhole || count >= RecordLimits().maximumRecordBytes { return parsed.names }
            count *= 8
        }
    }

    /// A field of a record, if no quote and no line end stands before its end.
    private func plainField(_ wanted: Int, of record: ArraySlice<UInt8>) -> [UInt8]? {
        var (field, start) = (0, record.startIndex)
        for index in record.indices {
            switch record[index] {
            case UInt8(ascii: "\""), UInt8(ascii: "\n"): return nil
            case UInt8(ascii: ","):
                if field == wanted { return Array(record[start..<index]) }
                field += 1
                start = index + 1
            default: break
            }
        }
        return nil
    }

    func bytes(at offset: UInt64, count: Int, _ replay: InputReplay) throws(InputError) -> [UInt8] {
        guard count > 0 else { return [] }
        var bytes = [UInt8](repeating: 0, count: count)
        var failure: InputError?
        let read = unsafe bytes.withUnsafeMutableBytes { raw in
            do throws(InputError) {
                return try unsafe replay.read(offset: offset, count: count, into: raw)
            } catch {
                failure = error
                return 0
            }
        }
        if let failure { throw failure }
        bytes.removeLast(count - read)
        return bytes
    }
}
