import BillingFiles
import Crypto

/// The copy of a charges file: its bytes as they are, and charges put in behind its last one.
struct CorrectedCopy {
    /// The file being written.
    let file: OutputFile

    /// What stands before the first record of the file that is copied.
    let header: BlockSequence.Header

    /// The bytes that the copy must have in the end.
    private(set) var expectedSize: UInt64 = 0

    /// What is written last: the end of the root element of XML, and all behind it.
    private var tail: [UInt8] = []
    private var endsWithLine = true

    /// Begins a copy with the header.
    init(_ file: OutputFile, header: BlockSequence.Header) throws(OutputError) {
        self.file = file
        self.header = header
        try append(header.bytes.span)
    }

    /// Copies a block of the file.
    mutating func append(_ block: Block) throws(OutputError) {
        let bytes = block.storage.span.extracting(0..<block.count)
        guard block.isLast, let xml = header.xml, let end = xml.rootEndTag(in: bytes) else { return try append(bytes) }
        tail = Array(block.storage[end..<block.count])
        try append(bytes.extracting(0..<end))
    }

    /// The hash of the bytes copied, the kept back ones included.
    var digest: SHA256? {
        guard var digest = file.digestSoFar else { return nil }
        digest.update(data: tail)
        return digest
    }

    /// Ends the last line, if the input did not.
    mutating func endLine() throws(OutputError) {
        guard !endsWithLine else { return }
        let usesCRLF = header.bytes.suffix(2) == [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
        try append(encoded(usesCRLF ? [0x0D, 0x0A] : [0x0A]).span)
    }

    /// Puts records in, in UTF-8.
    mutating func insert(_ records: [UInt8]) throws(OutputError) {
        try append(encoded(records).span)
    }

    /// Writes what was kept back and finishes the file.
    mutating func finish() throws -> OutputIdentity {
        let tail = tail
        try append(tail.span)
        guard file.size == expectedSize else {
            throw CommandOutcome(
                status: .internalError, message: "\(file.name) has \(file.size) bytes instead of \(expectedSize)")
        }
        return try file.finish()
    }

    private func encoded(_ text: [UInt8]) -> [UInt8] { header.xml?.encoded(text) ?? text }

    private mutating func append(_ bytes: Span<UInt8>) throws(OutputError) {
        guard !bytes.isEmpty else { return }
        try file.append(bytes)
        expectedSize += UInt64(bytes.count)
        endsWithLine = header.xml?.endsLine(bytes) ?? (bytes[bytes.count - 1] == UInt8(ascii: "\n"))
    }
}
