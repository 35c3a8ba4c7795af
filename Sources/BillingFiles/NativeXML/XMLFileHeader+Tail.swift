import XMLStream

extension XMLFileHeader {
    /// Where the root's end tag begins in the last block of the file, which begins behind a record or the header; nil
    /// if the block is not the end of such a file.
    public func rootEndTag(in lastBlock: Span<UInt8>) -> Int? {
        let parser = XMLPushParser()
        parser.feed(partStart.span)
        var end: Int?
        for start in stride(from: 0, to: lastBlock.count, by: 4096) where end == nil {
            parser.feed(lastBlock.extracting(start..<min(start + 4096, lastBlock.count)))
            let last = parser.events.list.last { $0.kind == .endElement && $0.depth == 0 }
            end = last.map { Int(clamping: $0.offset) - partStart.count }
        }
        guard var place = end, place <= lastBlock.count else { return nil }
        // No `<` stands in an end tag but the first; in UTF-16 its other byte is zero.
        let (unit, step) = encoding == .asciiCompatible ? (0, 1) : (encoding == .utf16BigEndian ? 1 : 0, 2)
        place -= step
        while place >= 0 {
            let byte = lastBlock[place + unit]
            let other = step == 1 ? 0 : lastBlock[place + 1 - unit]
            if byte == UInt8(ascii: "<") && other == 0 { return place }
            place -= step
        }
        return nil
    }

    /// Text in UTF-8 as the file would write it: characters that its encoding may not have become references.
    public func encoded(_ text: [UInt8]) -> [UInt8] {
        guard !isUTF8 else { return text }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            if scalar.isASCII {
                bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            } else {
                bytes.append(contentsOf: "&#\(scalar.value);".utf8)
            }
        }
        switch encoding {
        case .asciiCompatible: return bytes
        case .utf16LittleEndian: return bytes.flatMap { [$0, 0] }
        case .utf16BigEndian: return bytes.flatMap { [0, $0] }
        }
    }

    /// Whether some bytes of the file end with a line end.
    public func endsLine(_ bytes: Span<UInt8>) -> Bool {
        let last = encoding == .utf16LittleEndian ? 2 : 1
        return bytes.count >= last && bytes[bytes.count - last] == UInt8(ascii: "\n")
    }
}
