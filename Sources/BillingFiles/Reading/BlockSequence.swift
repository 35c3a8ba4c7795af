import BillingRecords
import DelimitedText

/// Reads files one after the other, CSV or XML, and hands them out in blocks of whole records.
///
/// Where a block ends depends on the bytes alone, never on threads or timing, so everything that is counted block by
/// block is the same in every run. Blocks are copied into buffers of the caller's making; nothing is mapped, so a
/// file that is cut while it is read cannot stop the process.
public final class BlockSequence {
    /// What stands before the first record of a file: its header row, or in XML what goes up to the root's start tag.
    public struct Header: Sendable {
        /// The names of the columns; none in XML, whose elements carry their names.
        public let names: [[UInt8]]
        /// The bytes before the first record: byte order mark and header row.
        public let bytes: [UInt8]
        /// How many line ends these bytes hold.
        public let lines: Int
        /// How many bytes stand behind the last of them.
        public var columns = 0
        /// The header of an XML file; nil for CSV.
        public var xml: XMLFileHeader?
        /// How a foreign file is read; nil for native files.
        public var foreign: ForeignFile?
        /// Whether a CSV file has no header row; the names are then numbers.
        public var isAbsent = false
        /// Where among the bytes of a CSV file the header row begins: behind a byte order mark.
        public var rowOffset = 0

        /// Whether the bytes begin with the byte order mark of UTF-8.
        public var hasByteOrderMark: Bool { ByteOrderMark(bytes)?.encoding == "UTF-8" }

        /// Whether the header row ends with CR LF; nil when it has no line end.
        public var endsWithCRLF: Bool? {
            guard bytes.last == UInt8(ascii: "\n") else { return nil }
            return bytes.dropLast().last == UInt8(ascii: "\r")
        }

        /// The encoding of the file, of which the bytes were recoded.
        public var encoding = TextEncoding.utf8

        /// The offset in the file of a byte of the header.
        public func storedOffset(_ offset: Int) -> UInt64 {
            UInt64(encoding.storedLength(bytes.span.extracting(0..<offset)))
        }

        /// The header as it stands in the file.
        public var stored: [UInt8] { encoding == .utf8 ? bytes : encoding.stored(bytes.span) }
    }

    /// The files of the sequence.
    public let sources: [InputSource]

    /// How many bytes a block has, unless a single record is longer.
    ///
    /// Changed between a header row and the first block, if at all.
    public var blockSize: Int

    private let format: NativeFormat?
    let limits: RecordLimits
    private let ownForm: DelimitedForm
    private let foreign: [ForeignFile?]
    /// How the file that is being read is written.
    private var form: DelimitedForm
    private var cutter: RecordCutter
    private var recoder: TextRecoder?
    /// Joins the events of the file that is being read; nil where its records are whole ones.
    private var pairing: PairedRowMaker?
    private var openEvents = OpenEvents()
    /// Whether the rows that are made while reading are for a copy instead of for a judgement.
    public var makesCopies = false
    private var file = 0
    /// How the XML file that is being read is cut; nil for CSV.
    var xmlCutting: XMLCutting?
    /// What reads the foreign document, XML or JSON, that is being read; nil for others.
    var foreignDocument: (any XMLPartReader)?
    var fileOffset: UInt64 = 0
    var carry: [UInt8] = []
    var sourceHasEnded = false

    /// A sequence over the files of `sources`, which must be opened and unread.
    ///
    /// A record of more than `maximumRecordBytes` is a finding. Without a `format` the content of each file tells it.
    /// `foreign` says of each file how it is read if it is no native one.
    public init(
        sources: [InputSource], format: NativeFormat? = nil, form: DelimitedForm = .native,
        foreign: [ForeignFile?] = [],
        maximumRecordBytes: Int = 1 << 20, blockSize: Int = 1 << 18
    ) {
        self.form = form
        ownForm = form
        self.foreign = foreign
        cutter = RecordCutter(dialect: form.dialect)
        recoder = form.encoding == .utf8 ? nil : TextRecoder(form.encoding)
        self.sources = sources
        self.format = format
        limits = RecordLimits(maximumRecordBytes: maximumRecordBytes)
        self.blockSize = max(64, blockSize)
    }

    /// The file that is being read.
    public var currentFile: Int { file }

    /// The ordinal that the next block will have.
    public private(set) var nextOrdinal: UInt32 = 0

    /// Reads the header of the file that comes next.
    ///
    /// The outcome is a finding when the file is empty, in another encoding, or begins with no sound header row.
    public func readHeader() throws(InputError) -> Result<Header, InputRejection> {
        fileOffset = 0
        sourceHasEnded = false
        xmlCutting = nil
        foreignDocument = nil
        let foreign = foreign.indices.contains(file) ? foreign[file] : nil
        form = foreign?.form ?? ownForm
        cutter = RecordCutter(dialect: form.dialect)
        recoder = form.encoding == .utf8 ? nil : TextRecoder(form.encoding)
        pairing = foreign.flatMap { file in file.pairs.map { PairedRowMaker(file, $0) } }
        pairing?.makesCopies = makesCopies
        carry = try fill(upTo: blockSize)
        let name = sources[file].displayName
        if carry.isEmpty {
            return .failure(InputRejection(.emptyFile, at: .whole(name), found: "no byte", expected: "a header row"))
        }
        if foreign == nil, (format ?? NativeFormat(beginning: carry)) == .xml { return try readXMLHeader() }
        if let foreign, foreign.isDocument { return .success(begin(foreign)) }
        let mark = ByteOrderMark(carry)
        if let mark, mark.encoding != "UTF-8", recoder == nil {
            return .failure(
                InputRejection(
                    .wrongEncoding, at: Place(file: name, line: 1, record: 0, column: 1, field: nil, byteOffset: 0),
                    found: "the byte order mark of \(mark.encoding)", expected: "UTF-8"))
        }
        let skipped = try skippedLines(behind: mark?.encoding == "UTF-8" ? mark?.length ?? 0 : 0)
        // Lines end with LF: where the skipped ones hold another line end, nobody knows how many rows went with them.
        if let fault = loneCarriageReturn(before: skipped) {
            return .failure(StructureFaultText.rejection(fault, file: name, header: true, shiftedBy: 0))
        }
        guard form.hasHeader else {
            let bytes = Array(carry[..<skipped])
            carry.removeFirst(skipped)
            fileOffset = UInt64(form.encoding.storedLength(bytes.span))
            let lines = bytes.count { $0 == UInt8(ascii: "\n") }
            var header = Header(names: firstNames(), bytes: bytes, lines: lines, rowOffset: skipped)
            header.encoding = form.encoding
            header.isAbsent = true
            header.foreign = foreign
            return .success(header)
        }
        // Faults of a row that is not there whole would be those of the cut.
        while case .noWholeRecord = cutter.cutAfterFirst(carry.span.extracting(skipped..<carry.count)), !sourceHasEnded,
            carry.count < limits.maximumRecordBytes
        {
            carry.append(contentsOf: try fill(upTo: carry.count))
        }
        let header = HeaderRow.parseHeader(carry.span.extracting(skipped..<carry.count), dialect: cutter.dialect)
        if let fault = header.fault, fault.kind != .missingFinalLineEnd {
            return .failure(StructureFaultText.rejection(fault, file: name, header: true, shiftedBy: skipped))
        }
        if header.fault != nil, !sourceHasEnded {
            return .failure(
                tooLong(at: Place(file: name, line: 1, record: 0, column: 1, field: nil, byteOffset: 0)))
        }
        let end = skipped + header.endOffset
        let bytes = Array(carry[..<end])
        carry.removeFirst(end)
        fileOffset = UInt64(form.encoding.storedLength(bytes.span))
        let lines = bytes.count { $0 == UInt8(ascii: "\n") }
        var read = Header(names: header.names, bytes: bytes, lines: lines, rowOffset: skipped)
        read.encoding = form.encoding
        read.foreign = foreign
        return .success(read)
    }

    /// Where the bytes behind the lines that are skipped begin.
    private func skippedLines(behind start: Int) throws(InputError) -> Int {
        var (end, left) = (start, form.skippedLines)
        while left > 0 {
            guard let lineEnd = carry[end...].firstIndex(of: UInt8(ascii: "\n")) else {
                guard !sourceHasEnded, carry.count < limits.maximumRecordBytes else { return carry.count }
                carry.append(contentsOf: try fill(upTo: carry.count))
                continue
            }
            end = lineEnd + 1
            left -= 1
        }
        return end
    }

    /// The first CR of the skipped lines that no LF follows.
    private func loneCarriageReturn(before end: Int) -> StructureFault? {
        guard form.skippedLines > 0 else { return nil }
        var (line, lineStart) = (0, 0)
        for index in 0..<end {
            if carry[index] == UInt8(ascii: "\n") { (line, lineStart) = (line + 1, index + 1) }
            guard carry[index] == UInt8(ascii: "\r"), index + 1 >= carry.count || carry[index + 1] != UInt8(ascii: "\n")
            else { continue }
            return StructureFault(
                kind: .carriageReturnInUnquotedField, recordOrdinal: 0, lineOrdinal: line, byteOffset: index,
                columnOrdinal: index - lineStart, fieldOrdinal: 0)
        }
        return nil
    }

    /// Names for the columns of a file without a header row: as many as its first record has.
    private func firstNames() -> [[UInt8]] {
        let beginning = carry
        let count = HeaderRow.parseHeader(beginning.span, dialect: form.dialect).names.count
        return (0..<count).map { Array("column \($0 + 1)".utf8) }
    }

    /// The next block of the current file, in `storage` if that is large enough; nil at the file's end.
    ///
    /// The failure is a finding: a record without an end within the limit.
    public func nextBlock(reusing storage: consuming [UInt8]) throws(InputError) -> Result<Block, InputRejection>? {
        if sourceHasEnded && carry.isEmpty && xmlCutting?.serial == nil && foreignDocument == nil { return nil }
        guard nextOrdinal < UInt32(RecordPosition.limits.blocks) else { return .failure(tooLarge) }
        if xmlCutting != nil { return try nextXMLBlock(reusing: storage) }
        if let foreignDocument { return try nextSerialBlock(foreignDocument) }
        var (buffer, count) = takeCarry(into: storage)
        var capacity = max(blockSize, count)
        while true {
            try read(into: &buffer, from: &count, upTo: capacity)
            if sourceHasEnded { return .success(finish(buffer, count: count, end: count)) }
            switch cut(buffer, count: count, isGrown: capacity > blockSize) {
            case .after(let end):
                carry.append(contentsOf: buffer[end..<count])
                return .success(finish(buffer, count: count, end: end))
            case .noWholeRecord:
                guard capacity < limits.maximumRecordBytes else { return .failure(tooLong(buffer, count: count)) }
                capacity = min(capacity * 2, limits.maximumRecordBytes)
                buffer.append(contentsOf: repeatElement(0, count: capacity + Block.padding - buffer.count))
            }
        }
    }

    /// A block's buffer that begins with what was read beyond the last block, and how many bytes that is.
    func takeCarry(into storage: consuming [UInt8]) -> (buffer: [UInt8], count: Int) {
        var buffer = consume storage
        let wanted = blockSize + Block.padding
        if buffer.count != wanted { buffer = [UInt8](repeating: 0, count: wanted) }
        let count = carry.count
        if count > blockSize { buffer.append(contentsOf: repeatElement(0, count: count - blockSize)) }
        for index in 0..<count { buffer[index] = carry[index] }
        carry.removeAll(keepingCapacity: true)
        return (buffer, count)
    }

    /// Goes on to the next file; false when there is none.
    public func advance() -> Bool {
        carry.removeAll(keepingCapacity: true)
        file += 1
        return file < sources.count
    }

    /// A buffer that grew for one long record is cut behind it, and what was read beyond it like any other block, so
    /// that no block holds many records more or fewer than others.
    private func cut(_ buffer: [UInt8], count: Int, isGrown: Bool) -> RecordCut {
        let bytes = buffer.span.extracting(0..<count)
        let usual = cutter.cut(bytes.extracting(0..<min(count, blockSize)))
        return isGrown && usual == .noWholeRecord ? cutter.cutAfterFirst(bytes) : usual
    }

    func finish(_ buffer: [UInt8], count: Int, end: Int) -> Block {
        let isLast = sourceHasEnded && end == count
        defer {
            nextOrdinal += 1
            fileOffset += UInt64(form.encoding.storedLength(buffer.span.extracting(0..<end)))
        }
        var block = Block(
            ordinal: nextOrdinal, file: file, fileOffset: fileOffset, storage: buffer, count: end, isLast: isLast)
        if var pairing {
            let isEnd = isLast && !foreign.dropFirst(file + 1).contains { $0?.pairs != nil }
            let (rows, made) = pairing.make(block, &openEvents, isEnd: isEnd)
            (block.rows, block.findings) = (rows, made.findings)
        }
        return block
    }

    /// More blocks than positions can tell apart.
    private var tooLarge: InputRejection {
        InputRejection(
            .inputTooLarge, at: .whole(sources[file].displayName),
            found: "more than \(RecordPosition.limits.blocks) blocks of \(blockSize) bytes",
            expected: "less in one run")
    }

    /// A record without an end: an open quote if there is one, else simply too long.
    private func tooLong(_ buffer: [UInt8], count: Int) -> InputRejection {
        let name = sources[file].displayName
        var table = FieldTable()
        FieldScanner(fieldCount: 1, dialect: cutter.dialect, engine: .reference).scan(
            buffer.span.extracting(0..<count), isLast: true, into: &table)
        if let open = table.faults.first(where: { $0.kind == .unclosedQuote }) {
            return StructureFaultText.rejection(open, file: name, header: false, shiftedBy: Int(clamping: fileOffset))
        }
        return tooLong(
            at: Place(file: name, line: 0, record: 0, column: 1, field: nil, byteOffset: fileOffset),
            isRelativeToBlock: true)
    }

    func tooLong(at place: Place, isRelativeToBlock: Bool = false) -> InputRejection {
        InputRejection(
            .recordTooLong, at: place, found: "a row of more than \(limits.maximumRecordBytes) bytes",
            expected: "at most \(limits.maximumRecordBytes) bytes a row", isRelativeToBlock: isRelativeToBlock)
    }

    func fill(upTo size: Int) throws(InputError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: size)
        var count = 0
        try read(into: &bytes, from: &count, upTo: size)
        bytes.removeLast(size - count)
        return bytes
    }

    func read(into bytes: inout [UInt8], from count: inout Int, upTo capacity: Int) throws(InputError) {
        guard count < capacity, !sourceHasEnded else { return }
        if recoder != nil { return try recode(into: &bytes, from: &count, upTo: capacity) }
        let start = count
        var failure: InputError?
        let got = unsafe bytes.withUnsafeMutableBytes { raw in
            do throws(InputError) {
                return try unsafe sources[file].read(
                    into: UnsafeMutableRawBufferPointer(rebasing: raw[start..<capacity]))
            } catch {
                failure = error
                return 0
            }
        }
        if let failure { throw failure }
        count += got
        sourceHasEnded = count < capacity
    }

    /// Reads as `read` does and makes UTF-8 of what is read.
    private func recode(into bytes: inout [UInt8], from count: inout Int, upTo capacity: Int) throws(InputError) {
        var recoder = recoder ?? TextRecoder(.utf8)
        self.recoder = nil
        var raw: [UInt8] = []
        var text: [UInt8] = []
        while !sourceHasEnded {
            let room = recoder.room(for: capacity - count)
            guard room > 0 else { break }
            raw = [UInt8](repeating: 0, count: room)
            var got = 0
            try read(into: &raw, from: &got, upTo: room)
            raw.removeLast(room - got)
            text.removeAll(keepingCapacity: true)
            recoder.append(raw, isLast: sourceHasEnded, to: &text)
            for byte in text {
                bytes[count] = byte
                count += 1
            }
        }
        self.recoder = recoder
    }
}
