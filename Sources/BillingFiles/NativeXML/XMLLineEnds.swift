// Unsafe code: a count lends the bytes to C.

import CByteScan
public import XMLStream

/// How many lines end in a block, and how many columns stand behind the last of them.
public struct XMLLineEnds: Sendable {
    /// How many lines end.
    public let count: Int

    /// How many columns stand behind the last line end.
    public let lastColumns: Int

    /// Counts in a block; nil stands for an encoding that shares ASCII, too.
    public init(_ block: Block, encoding: XMLEncoding?) {
        self.init(block.storage.span.extracting(0..<block.count), encoding: encoding)
    }

    /// Counts in some bytes; nil stands for an encoding that shares ASCII, too.
    init(_ bytes: Span<UInt8>, encoding: XMLEncoding?) {
        if let encoding, encoding != .asciiCompatible {
            let places = XMLBlockPlaces(bytes, encoding: encoding)
            (count, lastColumns) = (places.lineCount, places.lastColumns)
            return
        }
        let lines = unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe buffer.baseAddress.map { unsafe cbytescan_count($0, buffer.count, UInt8(ascii: "\n")) } ?? 0
        }
        var start = bytes.count
        while start > 0, bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
        (count, lastColumns) = (lines, bytes.count - start)
    }
}
