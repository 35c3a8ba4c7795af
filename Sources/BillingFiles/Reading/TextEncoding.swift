/// The encodings in which delimited files are read.
public enum TextEncoding: String, CaseIterable, Sendable {
    case utf8 = "UTF-8"
    case utf16LittleEndian = "UTF-16LE"
    case utf16BigEndian = "UTF-16BE"
    case latin1 = "ISO-8859-1"
    case windows1252 = "Windows-1252"

    /// The encoding of a name, in capitals or not, with hyphens or not; nil for any other.
    public init?(name: String) {
        func plain(_ text: String) -> String { text.lowercased().filter { $0 != "-" && $0 != "_" } }
        let aliases = ["latin1": TextEncoding.latin1, "cp1252": .windows1252, "utf16": .utf16LittleEndian]
        let wanted = plain(name)
        guard let known = Self.allCases.first(where: { plain($0.rawValue) == wanted }) ?? aliases[wanted] else {
            return nil
        }
        self = known
    }

    /// The characters of the bytes 0x80 to 0x9F in Windows-1252; 0 where there is none.
    private static let windowsCharacters: [UInt16] = [
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
        0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E,
        0x0178,
    ]

    /// The character of a byte from 0x80 on in an encoding of single bytes; nil where there is none.
    func character(_ byte: UInt8) -> UInt16? {
        guard self == .windows1252, byte < 0xA0 else { return UInt16(byte) }
        let character = Self.windowsCharacters[Int(byte) - 0x80]
        return character == 0 ? nil : character
    }

    /// The byte of a character from 0x80 on in an encoding of single bytes.
    private func byte(_ character: UInt32) -> UInt8 {
        if self == .windows1252,
            let place = Self.windowsCharacters.firstIndex(where: { UInt32($0) == character && character != 0 })
        {
            return UInt8(0x80 + place)
        }
        return UInt8(truncatingIfNeeded: character)
    }

    /// How many bytes a recoded text has in its file.
    ///
    /// The text is one that ``TextRecoder`` made, from the beginning of a character on.
    public func storedLength(_ text: Span<UInt8>) -> Int {
        guard self != .utf8 else { return text.count }
        let isWide = self == .utf16LittleEndian || self == .utf16BigEndian
        var length = 0
        for index in text.indices {
            let byte = text[index]
            if byte & 0xC0 == 0x80 { continue }
            length += !isWide || byte == TextRecoder.escape ? 1 : byte >= 0xF0 ? 4 : 2
        }
        return length
    }

    /// A recoded text as it stands in its file.
    public func stored(_ text: Span<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            let lead = text[index]
            let count = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 || lead == TextRecoder.escape ? 3 : 4
            // The text ends with whole characters.
            guard index + count <= text.count else { break }
            if lead == TextRecoder.escape {
                bytes.append(text[index + 1] << 4 | text[index + 2] & 0x0F)
            } else {
                var scalar = count == 1 ? UInt32(lead) : UInt32(lead) & (0x7F >> UInt32(count))
                for place in 1..<max(count, 1) { scalar = scalar << 6 | UInt32(text[index + place] & 0x3F) }
                append(scalar, to: &bytes)
            }
            index += count
        }
        return bytes
    }

    private func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
        guard self == .utf16LittleEndian || self == .utf16BigEndian else {
            bytes.append(scalar < 0x80 ? UInt8(scalar) : byte(scalar))
            return
        }
        if scalar >= 0x10000 {
            append(unit: 0xD800 | (scalar - 0x10000) >> 10, to: &bytes)
            append(unit: 0xDC00 | (scalar - 0x10000) & 0x3FF, to: &bytes)
        } else {
            append(unit: scalar, to: &bytes)
        }
    }

    private func append(unit: UInt32, to bytes: inout [UInt8]) {
        let (high, low) = (UInt8(truncatingIfNeeded: unit >> 8), UInt8(truncatingIfNeeded: unit))
        bytes += self == .utf16BigEndian ? [high, low] : [low, high]
    }

    /// The beginning of a text in UTF-8; a character that is not there whole is left out.
    package func decoded(_ bytes: [UInt8]) -> [UInt8] {
        var recoder = TextRecoder(self)
        var text: [UInt8] = []
        recoder.append(bytes, isLast: false, to: &text)
        return text.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(text.dropFirst(3)) : text
    }
}
