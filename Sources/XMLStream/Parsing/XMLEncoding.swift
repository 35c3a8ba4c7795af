/// How the characters of a document are written in bytes, as far as cutting and counting needs to know it.
public enum XMLEncoding: Hashable, Sendable {
    /// UTF-8, or an encoding of single bytes that shares ASCII with it.
    case asciiCompatible
    /// UTF-16, low byte first.
    case utf16LittleEndian
    /// UTF-16, high byte first.
    case utf16BigEndian

    /// The encoding of a document by its first bytes: byte order mark, or the two bytes of its first `<`.
    public init(firstBytes: Span<UInt8>) {
        let first = firstBytes.count > 0 ? firstBytes[0] : 0
        let second = firstBytes.count > 1 ? firstBytes[1] : 0
        switch (first, second) {
        case (0xFF, 0xFE), (UInt8(ascii: "<"), 0): self = .utf16LittleEndian
        case (0xFE, 0xFF), (0, UInt8(ascii: "<")): self = .utf16BigEndian
        default: self = .asciiCompatible
        }
    }

    /// Whether documents that declare this encoding are read: UTF-8, ASCII, UTF-16, ISO 8859 and the Windows pages
    /// of single bytes.
    ///
    /// In the others a byte that looks like `<` may be part of a character.
    static func isRead(_ declared: String) -> Bool {
        let name = declared.uppercased()
        return ["UTF-8", "UTF8", "US-ASCII", "ASCII", "UTF-16", "UTF-16LE", "UTF-16BE"].contains(name)
            || name.hasPrefix("ISO-8859-") || name.hasPrefix("ISO8859-") || name == "LATIN1"
            || name.hasPrefix("WINDOWS-125") || name.hasPrefix("CP125")
    }
}
