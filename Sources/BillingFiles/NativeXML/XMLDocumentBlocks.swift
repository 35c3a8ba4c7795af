// Unsafe code: a block lends its bytes to the system that fills them.

public import XMLStream

/// Reads any XML document in blocks: of whole records where it can be cut, else as the bytes come.
///
/// ```swift
/// let blocks = XMLDocumentBlocks(source)
/// guard case .header(let header) = try blocks.readFront() else { ... }
/// let name = blocks.cut(behind: record)
/// while let block = try blocks.next(reusing: []) { ... }
/// ```
///
/// Where a block ends depends on the bytes alone.
public final class XMLDocumentBlocks {
    /// What stands at the beginning of a document.
    public enum Front: Sendable {
        /// The document holds no byte.
        case empty
        /// The root element's start tag, and what stands before it.
        case header(XMLFileHeader)
        /// Something is wrong before there is a root element.
        case faulty
        /// There is no root element within the longest front that is looked at.
        case tooLong
    }

    /// How many bytes may stand before the root element.
    public static let longestFront = 1 << 20

    private let source: InputSource
    private let blockSize: Int
    private var carry: [UInt8] = []
    private var hasEnded = false
    private var header: XMLFileHeader?
    private var cutter: XMLRecordCutter?
    private var fileOffset: UInt64 = 0
    private var nextOrdinal: UInt32 = 0

    /// How characters are written in bytes, as the first bytes tell it.
    public private(set) var encoding = XMLEncoding.asciiCompatible

    /// The ordinal of the first block that is not whole records; nil while there is none.
    public private(set) var firstUncut: UInt32?

    /// Blocks of an input that was opened and not read.
    public init(_ source: InputSource, blockSize: Int = 1 << 18) {
        self.source = source
        self.blockSize = max(16, blockSize)
    }

    /// Reads up to the root element's start tag.
    public func readFront() throws(InputError) -> Front {
        try fillCarry(upTo: max(blockSize, 4096))
        if carry.isEmpty { return .empty }
        encoding = XMLEncoding(firstBytes: carry.span)
        while true {
            switch XMLFileHeader.parse(carry, isWhole: hasEnded) {
            case .failure: return .faulty
            case .success(let header?):
                self.header = header
                return .header(header)
            case .success(nil): break
            }
            guard carry.count < Self.longestFront else { return .tooLong }
            try fillCarry(upTo: 2 * carry.count)
        }
    }

    /// Makes the blocks begin behind the header and end behind records; nil when the document cannot be cut so.
    ///
    /// Returns how the name of the records is written, which the first child of the root tells.
    public func cut(behind record: XMLName) -> String? {
        guard let header, header.canBeCut else { return nil }
        var start = header.bytes.count
        while start < carry.count, Self.isBlank(carry[start]) { start += 1 }
        guard start < carry.count, carry[start] == UInt8(ascii: "<") else { return nil }
        let rest = carry[(start + 1)...]
        let end = rest.firstIndex { Self.isBlank($0) || $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "/") }
        guard let end, end > start + 1 else { return nil }
        let written = String(decoding: carry[(start + 1)..<end], as: UTF8.self)
        guard written.split(separator: ":").last.map(String.init) == record.local else { return nil }
        cutter = XMLRecordCutter(record: written, partEnd: header.partEnd)
        carry.removeFirst(header.bytes.count)
        fileOffset = UInt64(header.bytes.count)
        return written
    }

    /// The next block, in `storage` if that is large enough; nil at the end.
    public func next(reusing storage: consuming [UInt8]) throws(InputError) -> Block? {
        if hasEnded && carry.isEmpty { return nil }
        var buffer = consume storage
        let capacity = max(blockSize, carry.count)
        if buffer.count < capacity + Block.padding {
            buffer = [UInt8](repeating: 0, count: capacity + Block.padding)
        }
        var count = carry.count
        for index in 0..<count { buffer[index] = carry[index] }
        carry.removeAll(keepingCapacity: true)
        try read(into: &buffer, from: &count, upTo: capacity)
        var end = count
        if let cutter {
            if let place = place(toCut: buffer.span.extracting(0..<count), cutter) {
                end = place
                carry.append(contentsOf: buffer[end..<count])
            } else {
                // A comment, or a record longer than a block: from here on the document is one.
                self.cutter = nil
            }
        }
        if cutter == nil, firstUncut == nil { firstUncut = nextOrdinal }
        defer {
            nextOrdinal += 1
            fileOffset += UInt64(end)
        }
        return Block(
            ordinal: nextOrdinal, file: 0, fileOffset: fileOffset, storage: buffer, count: end,
            isLast: hasEnded && end == count)
    }

    private func place(toCut bytes: Span<UInt8>, _ cutter: XMLRecordCutter) -> Int? {
        guard let end = hasEnded ? bytes.count : cutter.cut(bytes) else { return nil }
        return cutter.holdsMoreThanTags(bytes.extracting(0..<end), isLast: hasEnded) ? nil : end
    }

    private func fillCarry(upTo capacity: Int) throws(InputError) {
        var count = carry.count
        carry.append(contentsOf: repeatElement(0, count: max(0, capacity - count)))
        try read(into: &carry, from: &count, upTo: capacity)
        carry.removeLast(carry.count - count)
    }

    private func read(into bytes: inout [UInt8], from count: inout Int, upTo capacity: Int) throws(InputError) {
        guard count < capacity, !hasEnded else { return }
        let start = count
        var failure: InputError?
        count += unsafe bytes.withUnsafeMutableBytes { raw in
            do throws(InputError) {
                return try unsafe source.read(into: UnsafeMutableRawBufferPointer(rebasing: raw[start..<capacity]))
            } catch {
                failure = error
                return 0
            }
        }
        if let failure { throw failure }
        hasEnded = count < capacity
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
            || byte == UInt8(ascii: "\t")
    }
}
