/// The bytes of rows while they are written.
struct RowText {
    private(set) var bytes: [UInt8]
    private(set) var count = 0

    /// Begins at the front of bytes that are written over.
    init(reusing bytes: consuming [UInt8]) {
        self.bytes = bytes
    }

    /// The written bytes with room behind them that may be read.
    consuming func finish() -> (bytes: [UInt8], count: Int) {
        reserve(Block.padding)
        return (bytes, count)
    }

    /// Makes room for some bytes.
    @inline(__always)
    mutating func reserve(_ more: Int) {
        if bytes.count - count < more { grow(more) }
    }

    private mutating func grow(_ more: Int) {
        let wanted = max(bytes.count + bytes.count / 2, count + more, 1 << 12)
        bytes.append(contentsOf: repeatElement(0, count: wanted - bytes.count))
    }

    /// Appends a byte.
    @inline(__always)
    mutating func append(_ byte: UInt8) {
        reserve(1)
        bytes[count] = byte
        count &+= 1
    }

    /// Goes back to an earlier end.
    mutating func cut(to end: Int) { count = min(count, end) }

    /// Appends bytes as they are.
    mutating func append(_ text: Span<UInt8>) {
        reserve(text.count)
        let start = count
        // Whether nobody else holds the bytes is asked once, and not for each of them.
        var target = bytes.mutableSpan
        for index in text.indices { target[start &+ index] = text[index] }
        count = start &+ text.count
    }

    /// Appends a text as the field of a row: in quotes where it holds a comma, a quote, a CR or an LF.
    mutating func append(field text: Span<UInt8>) {
        for index in text.indices where Self.needsQuotes(text[index]) { return append(quoted: text) }
        append(text)
    }

    @inline(__always)
    private static func needsQuotes(_ byte: UInt8) -> Bool {
        // All four are below 0x2D, as few bytes of fields are.
        byte <= UInt8(ascii: ",")
            && (byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\r")
                || byte == UInt8(ascii: "\n"))
    }

    private mutating func append(quoted text: Span<UInt8>) {
        append(UInt8(ascii: "\""))
        for index in text.indices {
            if text[index] == UInt8(ascii: "\"") { append(UInt8(ascii: "\"")) }
            append(text[index])
        }
        append(UInt8(ascii: "\""))
    }

    /// Appends a number in decimal digits.
    ///
    /// - Parameters:
    ///   - digits: how many digits there are at least, zeros in front.
    ///   - decimals: before how many of the last digits a point stands; 0 for none.
    mutating func append(number: UInt64, atLeast digits: Int, pointBefore decimals: Int = 0) {
        var length = 1
        var rest = number / 10
        while rest > 0 {
            length += 1
            rest /= 10
        }
        length = max(length, digits) + (decimals > 0 ? 1 : 0)
        reserve(length)
        rest = number
        let last = count + length - 1
        var target = bytes.mutableSpan
        for place in 0..<length {
            if decimals > 0, place == decimals {
                target[last - place] = UInt8(ascii: ".")
            } else {
                target[last - place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            }
        }
        count = last + 1
    }
}
