/// Makes UTF-8 of a text in another encoding, piece by piece.
///
/// What has no meaning is kept: each such byte becomes three bytes that are no UTF-8 and of which it can be had again.
/// So nothing is lost, and whoever checks the text finds the place.
struct TextRecoder {
    /// Begins a byte without a meaning; its halves follow in the lower bits of two continuation bytes.
    static let escape: UInt8 = 0xFF

    let encoding: TextEncoding
    /// The bytes of a character whose rest was not read yet.
    private var open: [UInt8] = []

    init(_ encoding: TextEncoding) {
        self.encoding = encoding
    }

    /// How many bytes of the file make at most so many bytes of UTF-8.
    func room(for count: Int) -> Int { max(0, count / 3 - open.count - 4) }

    /// Appends the text of the next bytes; with `isLast` the file ends with them.
    mutating func append(_ bytes: [UInt8], isLast: Bool, to text: inout [UInt8]) {
        switch encoding {
        case .utf8: text += bytes
        case .latin1, .windows1252:
            for byte in bytes {
                if byte < 0x80 {
                    text.append(byte)
                } else if let character = encoding.character(byte) {
                    Self.append(UInt32(character), to: &text)
                } else {
                    Self.append(escaped: byte, to: &text)
                }
            }
        case .utf16LittleEndian, .utf16BigEndian: appendWide(bytes, isLast: isLast, to: &text)
        }
    }

    private mutating func appendWide(_ bytes: [UInt8], isLast: Bool, to text: inout [UInt8]) {
        let bytes = open + bytes
        func unit(_ index: Int) -> UInt32 {
            let (first, second) = (UInt32(bytes[index]), UInt32(bytes[index + 1]))
            return encoding == .utf16BigEndian ? first << 8 | second : second << 8 | first
        }
        var index = 0
        while index + 2 <= bytes.count {
            let first = unit(index)
            if first & 0xF800 != 0xD800 {
                Self.append(first, to: &text)
                index += 2
                continue
            }
            let isHigh = first & 0xFC00 == 0xD800
            if isHigh, index + 4 > bytes.count, !isLast { break }
            if isHigh, index + 4 <= bytes.count, unit(index + 2) & 0xFC00 == 0xDC00 {
                Self.append(0x10000 + ((first & 0x3FF) << 10 | unit(index + 2) & 0x3FF), to: &text)
                index += 4
            } else {
                Self.append(escaped: bytes[index], to: &text)
                Self.append(escaped: bytes[index + 1], to: &text)
                index += 2
            }
        }
        open = Array(bytes[index...])
        if isLast {
            for byte in open { Self.append(escaped: byte, to: &text) }
            open = []
        }
    }

    private static func append(escaped byte: UInt8, to text: inout [UInt8]) {
        text += [escape, 0x80 | byte >> 4, 0x80 | byte & 0x0F]
    }

    private static func append(_ scalar: UInt32, to text: inout [UInt8]) {
        func tail(_ shift: UInt32) -> UInt8 { 0x80 | UInt8(truncatingIfNeeded: scalar >> shift & 0x3F) }
        switch scalar {
        case ..<0x80: text.append(UInt8(scalar))
        case ..<0x800: text += [0xC0 | UInt8(truncatingIfNeeded: scalar >> 6), tail(0)]
        case ..<0x10000: text += [0xE0 | UInt8(truncatingIfNeeded: scalar >> 12), tail(6), tail(0)]
        default: text += [0xF0 | UInt8(truncatingIfNeeded: scalar >> 18), tail(12), tail(6), tail(0)]
        }
    }
}
