extension TextEncoding {
    /// Appends a text of UTF-8 in this encoding; false where a character of it has no bytes here, and then some of it may
    /// have been appended.
    func append(_ text: Span<UInt8>, to bytes: inout [UInt8]) -> Bool {
        if self == .utf8 || text.isASCII {
            for index in text.indices { bytes.append(text[index]) }
            return self == .utf8 || self == .latin1 || self == .windows1252
        }
        guard self == .latin1 || self == .windows1252 else { return false }
        var index = 0
        while index < text.count {
            let first = text[index]
            if first < 0x80 {
                bytes.append(first)
                index += 1
                continue
            }
            let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
            guard first >= 0xC2, length <= 3, index + length <= text.count else { return false }
            var scalar = UInt32(first & (length == 3 ? 0x0F : 0x1F))
            for place in 1..<length { scalar = scalar << 6 | UInt32(text[index + place] & 0x3F) }
            guard let byte = storedByte(scalar) else { return false }
            bytes.append(byte)
            index += length
        }
        return true
    }

    /// The byte of a character from 0x80 on in an encoding of single bytes; nil where there is none.
    private func storedByte(_ scalar: UInt32) -> UInt8? {
        if scalar >= 0xA0 || self == .latin1 { if let byte = UInt8(exactly: scalar) { return byte } }
        guard self == .windows1252 else { return nil }
        return (UInt8(0x80)...0x9F).first { character($0).map(UInt32.init) == scalar }
    }
}
