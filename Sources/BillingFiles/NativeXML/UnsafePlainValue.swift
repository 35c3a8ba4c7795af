// Unsafe code: the bytes of a block, as `PlainRecordScanner` lends them.

import DelimitedText

/// The text of a plain element, and what must be done to make it a field of a row.
@safe struct PlainValue {
    let start: Int
    var end: Int
    /// Whether the field must be quoted: the text holds a comma or a quote.
    var needsQuotes = false
    /// Whether the text holds escapes.
    var holdsEscapes = false

    /// Writes the value as a field; returns how many bytes that took.
    func write(from base: UnsafePointer<UInt8>, to out: UnsafeMutablePointer<UInt8>) -> Int {
        var written = 0
        if !needsQuotes && !holdsEscapes {
            unsafe out.update(from: base + start, count: end - start)
            return end - start
        }
        if needsQuotes {
            unsafe out[written] = UInt8(ascii: "\"")
            written += 1
        }
        var place = start
        while place < end {
            var (byte, length) = unsafe (base[place], 1)
            if byte == UInt8(ascii: "&"), let escape = unsafe PlainEscape(base + place, count: end - place) {
                (byte, length) = (escape.byte, escape.length)
            }
            if byte == UInt8(ascii: "\"") {
                unsafe out[written] = byte
                written += 1
            }
            unsafe out[written] = byte
            written += 1
            place += length
        }
        if needsQuotes {
            unsafe out[written] = UInt8(ascii: "\"")
            written += 1
        }
        return written
    }
}

/// One of the five characters that XML has names for.
@safe struct PlainEscape {
    let byte: UInt8
    let length: Int

    private static let known: [(text: [UInt8], byte: UInt8)] = [
        (Array("&amp;".utf8), UInt8(ascii: "&")), (Array("&lt;".utf8), UInt8(ascii: "<")),
        (Array("&gt;".utf8), UInt8(ascii: ">")), (Array("&quot;".utf8), UInt8(ascii: "\"")),
        (Array("&apos;".utf8), UInt8(ascii: "'")),
    ]

    /// The escape at the beginning of some bytes, or nil.
    init?(_ start: UnsafePointer<UInt8>, count: Int) {
        for (text, byte) in Self.known where text.count <= count {
            var isSame = true
            for index in text.indices where unsafe start[index] != text[index] { isSame = false }
            if isSame {
                (self.byte, length) = (byte, text.count)
                return
            }
        }
        return nil
    }
}

extension PlainRecordScanner {
    /// The plain text from a place on up to the next tag, or nil if it is not plain.
    func value(_ base: UnsafePointer<UInt8>, _ count: Int, from start: Int) -> PlainValue? {
        var value = PlainValue(start: start, end: start)
        var isASCII = true
        while value.end < count {
            let byte = unsafe base[value.end]
            switch byte {
            case UInt8(ascii: "<"):
                guard unsafe hasNoBlanksAround(base, start, value.end), unsafe isASCII || isText(base, value) else {
                    return nil
                }
                return value
            case UInt8(ascii: ","): value.needsQuotes = true
            case UInt8(ascii: "\""): value.needsQuotes = true
            case UInt8(ascii: "&"):
                guard let escape = unsafe PlainEscape(base + value.end, count: count - value.end) else { return nil }
                value.holdsEscapes = true
                if escape.byte == UInt8(ascii: "\"") { value.needsQuotes = true }
                value.end += escape.length - 1
            // What ends a CDATA section must not stand in text, and no one writes the bracket.
            case 0..<UInt8(ascii: " "), 0x7F, UInt8(ascii: "]"): return nil
            case 0x80...: isASCII = false
            default: break
            }
            value.end += 1
        }
        return nil
    }

    /// Whether a value is UTF-8, and has no character that XML excludes.
    private func isText(_ base: UnsafePointer<UInt8>, _ value: PlainValue) -> Bool {
        guard isUTF8 else { return false }
        let bytes = unsafe Span(_unsafeStart: base + value.start, count: value.end - value.start)
        guard UTF8Check.firstInvalidByte(in: bytes) == nil else { return false }
        for index in bytes.indices where bytes[index] == 0xEF && index + 2 < bytes.count {
            // U+FFFE and U+FFFF.
            if bytes[index + 1] == 0xBF && bytes[index + 2] >= 0xBE { return false }
        }
        return true
    }

    /// The end of a plain element that no column is for, which is counted; nil if there is none.
    func further(
        _ base: UnsafePointer<UInt8>, _ count: Int, at start: Int, _ remains: inout RecordRemains
    ) -> Int? {
        guard start < count, unsafe base[start] == UInt8(ascii: "<") else { return nil }
        var place = start + 1
        while place < count, unsafe Self.isNameByte(base[place], isFirst: place == start + 1) { place += 1 }
        // libxml2 limits the length of names; none that is meant comes near.
        guard (2...1000).contains(place - start), place < count, unsafe base[place] == UInt8(ascii: ">") else {
            return nil
        }
        let name = unsafe Array(UnsafeBufferPointer(start: base + start + 1, count: place - start - 1))
        guard let value = unsafe value(base, count, from: place + 1),
            unsafe matches(
                [UInt8(ascii: "<"), UInt8(ascii: "/")] + name + [UInt8(ascii: ">")], base, count, at: value.end)
        else { return nil }
        let text = String(decoding: name, as: UTF8.self)
        // Elements of these names mean something else than themselves.
        guard text != "column", !isRecord(name) else { return nil }
        remains.countFurther(text)
        return value.end + name.count + 3
    }

    private static func isNameByte(_ byte: UInt8, isFirst: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."): !isFirst
        default: false
        }
    }
}
