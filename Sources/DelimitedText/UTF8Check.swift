/// Checks that bytes are well-formed UTF-8.
///
/// Well-formed is what table 3-7 of the Unicode standard says: no overlong form, no surrogate, nothing above U+10FFFF.
public enum UTF8Check {
    /// The offset of the first byte at which no well-formed character starts, nil if there is none.
    ///
    /// Complexity: O(*n*), eight bytes at a time where they are ASCII.
    public static func firstInvalidByte(in bytes: Span<UInt8>) -> Int? {
        let highBits: UInt64 = 0x8080_8080_8080_8080
        var offset = 0
        while offset < bytes.count {
            while offset + 8 <= bytes.count, word(of: bytes, at: offset) & highBits == 0 { offset += 8 }
            guard offset < bytes.count else { break }
            let length = characterLength(at: offset, in: bytes)
            if length == 0 { return offset }
            offset += length
        }
        return nil
    }

    /// The number of bytes of the well-formed character at `offset`, 0 if none starts there.
    private static func characterLength(at offset: Int, in bytes: Span<UInt8>) -> Int {
        let lead = bytes[offset]
        // The second byte alone tells overlong forms, surrogates and too large numbers.
        let length: Int
        let second: ClosedRange<UInt8>
        switch lead {
        case 0x00...0x7F: return 1
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return 0
        }
        guard bytes.count - offset >= length, second.contains(bytes[offset + 1]) else { return 0 }
        for place in 2..<max(length, 2) where bytes[offset + place] & 0xC0 != 0x80 { return 0 }
        return length
    }
}
