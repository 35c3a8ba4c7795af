/// How text is written in XML.
enum XMLText {
    /// Appends text between tags: `&amp; &lt; &gt;`, CR as `&#13;`, everything else as it is.
    ///
    /// A character that XML 1.0 cannot carry is written as U+FFFD, so that a reader sees that something stood there.
    /// Returns whether there was one. The bytes are well-formed UTF-8.
    static func append(_ text: Span<UInt8>, to bytes: inout [UInt8]) -> Bool {
        var isLossless = true
        var index = 0
        while index < text.count {
            let length = lengthOfForbidden(at: index, in: text)
            if length > 0 {
                bytes += [0xEF, 0xBF, 0xBD]
                isLossless = false
                index += length
                continue
            }
            switch text[index] {
            case UInt8(ascii: "&"): bytes += Array("&amp;".utf8)
            case UInt8(ascii: "<"): bytes += Array("&lt;".utf8)
            case UInt8(ascii: ">"): bytes += Array("&gt;".utf8)
            case UInt8(ascii: "\r"): bytes += Array("&#13;".utf8)
            case let byte: bytes.append(byte)
            }
            index += 1
        }
        return !isLossless
    }

    /// The value of an attribute between double quotes, nil when XML 1.0 cannot carry it.
    static func attribute(_ text: String) -> [UInt8]? {
        let source = Array(text.utf8)
        var bytes: [UInt8] = []
        for index in source.indices {
            guard lengthOfForbidden(at: index, in: source.span) == 0 else { return nil }
            switch source[index] {
            case UInt8(ascii: "&"): bytes += Array("&amp;".utf8)
            case UInt8(ascii: "<"): bytes += Array("&lt;".utf8)
            case UInt8(ascii: ">"): bytes += Array("&gt;".utf8)
            case UInt8(ascii: "\""): bytes += Array("&quot;".utf8)
            // A reader makes a blank of each of these.
            case UInt8(ascii: "\t"): bytes += Array("&#9;".utf8)
            case UInt8(ascii: "\n"): bytes += Array("&#10;".utf8)
            case UInt8(ascii: "\r"): bytes += Array("&#13;".utf8)
            case let byte: bytes.append(byte)
            }
        }
        return bytes
    }

    /// How many bytes a character that XML 1.0 cannot carry has at `index`, 0 where there is none.
    ///
    /// These are U+0000 to U+001F but TAB, LF and CR, U+FFFE and U+FFFF; UTF-8 has no surrogates.
    private static func lengthOfForbidden(at index: Int, in text: Span<UInt8>) -> Int {
        switch text[index] {
        case 0x09, 0x0A, 0x0D: return 0
        case ..<0x20: return 1
        case 0xEF where index + 2 < text.count && text[index + 1] == 0xBF && text[index + 2] >= 0xBE: return 3
        default: return 0
        }
    }
}
