// Unsafe code: bytes lent for the time of a copy.

/// Turns byte offsets of a document into lines and columns, while the document is read once from front to back.
///
/// The last bytes are kept so that a place a little behind can still be told; how much is `reach`.
public struct XMLLines: Sendable {
    private let reach: Int
    private let unit: Int
    private let lowByteFirst: Bool
    private var window: [UInt8] = []
    private var windowStart: UInt64 = 0
    private var linesBefore = 0
    private var lineStart: UInt64 = 0

    /// No bytes yet.
    ///
    /// - Parameters:
    ///   - reach: how many bytes back a place may lie.
    ///   - encoding: what tells line ends: their width in bytes.
    public init(reach: Int = 512 << 10, encoding: XMLEncoding = .asciiCompatible) {
        self.reach = reach
        unit = encoding == .asciiCompatible ? 1 : 2
        lowByteFirst = encoding == .utf16LittleEndian
    }

    /// Takes the next bytes of the document.
    public mutating func append(_ bytes: Span<UInt8>) {
        if window.count > 2 * reach { forget(window.count - reach) }
        unsafe bytes.withUnsafeBufferPointer { unsafe window.append(contentsOf: $0) }
    }

    /// The line and the column of a byte, both from 1; the column counts bytes, and units of two in UTF-16.
    ///
    /// An offset behind all bytes is that of the end; one before the window is taken for its first byte.
    public func place(of offset: UInt64) -> (line: Int, column: Int) {
        let end = Int(clamping: min(max(offset, windowStart), windowStart + UInt64(window.count)) - windowStart)
        var (line, start) = (linesBefore + 1, lineStart)
        forEachLineEnd(before: end) { index in
            line += 1
            start = windowStart + UInt64(index + 1)
        }
        return (line, Int(clamping: windowStart + UInt64(end) - start) / unit + 1)
    }

    /// Drops bytes at the front of the window, a multiple of the unit.
    private mutating func forget(_ count: Int) {
        let count = count / unit * unit
        var (lines, last) = (0, -1)
        forEachLineEnd(before: count) { index in
            lines += 1
            last = index
        }
        linesBefore += lines
        if last >= 0 { lineStart = windowStart + UInt64(last + 1) }
        window.removeFirst(count)
        windowStart += UInt64(count)
    }

    /// Hands out the offset in the window of each line end's last byte.
    private func forEachLineEnd(before end: Int, _ body: (Int) -> Void) {
        if unit == 1 {
            for index in 0..<end where window[index] == UInt8(ascii: "\n") { body(index) }
            return
        }
        for index in stride(from: 1, to: end, by: 2) {
            let (low, high) = lowByteFirst ? (window[index - 1], window[index]) : (window[index], window[index - 1])
            if low == UInt8(ascii: "\n") && high == 0 { body(index) }
        }
    }
}
