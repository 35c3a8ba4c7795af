// Unsafe code: bytes lent for the time of a search by the system.

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Turns byte offsets of a document into lines and columns, while the document is read once from front to back.
///
/// Where the last lines begin is kept, so that a place a little behind can still be told; how far is `reach`.
public struct XMLLines: Sendable {
    /// How many beginnings of lines there must be before any is forgotten.
    private static let fewestKept = 4096

    private let reach: UInt64
    private let unit: Int
    private let lowByteFirst: Bool
    /// The offsets of the lines' first bytes, at least one.
    private var starts: [UInt64]
    /// The line that begins at the first of `starts`.
    private var firstLine: Int
    private var nextForgetting = fewestKept
    private var end: UInt64
    private var lastByte: UInt8 = 0

    /// No bytes yet.
    ///
    /// - Parameters:
    ///   - reach: how many bytes back a place may lie.
    ///   - encoding: what tells line ends: their width in bytes.
    public init(reach: Int = 512 << 10, encoding: XMLEncoding = .asciiCompatible) {
        self.init(reach: reach, encoding: encoding, from: 0, line: 1, column: 1)
    }

    /// No bytes yet of a document that is read from some byte on, whose place is known.
    public init(
        reach: Int = 512 << 10, encoding: XMLEncoding = .asciiCompatible, from offset: UInt64, line: Int, column: Int
    ) {
        self.reach = UInt64(clamping: reach)
        unit = encoding == .asciiCompatible ? 1 : 2
        lowByteFirst = encoding == .utf16LittleEndian
        starts = [offset &- UInt64(clamping: (column - 1) * unit)]
        firstLine = line
        end = offset
    }

    /// Takes the next bytes of the document.
    public mutating func append(_ bytes: Span<UInt8>) {
        if unit == 1 { appendSingle(bytes) } else { appendPairs(bytes) }
        end += UInt64(bytes.count)
        if starts.count >= nextForgetting { forget() }
    }

    /// The line and the column of a byte, both from 1; the column counts bytes, and units of two in UTF-16.
    ///
    /// An offset behind all bytes is that of the end; one that is out of reach is taken for the first within it.
    ///
    /// - Complexity: O(log n) in the lines within reach.
    public func place(of offset: UInt64) -> (line: Int, column: Int) {
        let offset = max(min(offset, end), starts[0])
        let index = firstStart { $0 > offset } - 1
        return (firstLine + index, Int(clamping: offset - starts[index]) / unit + 1)
    }

    private mutating func appendSingle(_ bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            var index = 0
            while index < buffer.count,
                let found = unsafe memchr(base + index, Int32(UInt8(ascii: "\n")), buffer.count - index)
            {
                index = unsafe UnsafeRawPointer(found) - UnsafeRawPointer(base) + 1
                starts.append(end + UInt64(index))
            }
        }
    }

    private mutating func appendPairs(_ bytes: Span<UInt8>) {
        for index in bytes.indices {
            let byte = bytes[index]
            let offset = end + UInt64(index)
            let (low, high) = lowByteFirst ? (lastByte, byte) : (byte, lastByte)
            if offset % 2 == 1, low == UInt8(ascii: "\n"), high == 0 { starts.append(offset + 1) }
            lastByte = byte
        }
    }

    /// Drops the beginnings of lines that end out of reach.
    private mutating func forget() {
        let from = end - min(reach, end)
        let count = max(0, firstStart { $0 > from } - 1)
        starts.removeFirst(count)
        firstLine += count
        nextForgetting = max(Self.fewestKept, 2 * starts.count)
    }

    /// The index of the first beginning of a line that is so; they are so from some index on.
    private func firstStart(where isSo: (UInt64) -> Bool) -> Int {
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            if isSo(starts[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
