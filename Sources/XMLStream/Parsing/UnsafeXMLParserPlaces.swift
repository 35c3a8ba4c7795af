// Unsafe code: looks at the bytes that libxml2 is parsing.

import CLibXML2

/// Where a parser stands in its document.
///
/// Apart from the sink, which would be copied for every tag to ask it.
@safe struct XMLParserPlaces {
    /// The parser; nil before there is one.
    var parser: xmlParserCtxtPtr?
    /// Whether the document is in another encoding than UTF-8, and libxml2 converts it.
    var isConverted = false

    /// How many bytes of the document the parser has consumed, in the document's own encoding.
    var consumedBytes: UInt64 {
        guard isConverted, let parser = unsafe parser else { return consumedText }
        return unsafe UInt64(clamping: xmlByteConsumed(parser))
    }

    /// How many bytes of UTF-8 the parser has consumed.
    private var consumedText: UInt64 {
        guard let input = unsafe parser?.pointee.input else { return 0 }
        return unsafe UInt64(input.pointee.consumed) &+ UInt64(input.pointee.cur - input.pointee.base)
    }

    /// Where the DOCTYPE begins whose name the parser has just read.
    var documentTypeOffset: UInt64 {
        guard let input = unsafe parser?.pointee.input, let cursor = unsafe input.pointee.cur,
            let base = unsafe input.pointee.base, unsafe input.pointee.buf?.pointee.encoder == nil
        else { return consumedBytes }
        let opening: StaticString = "<!DOCTYPE"
        var start = unsafe cursor
        while unsafe start > base {
            unsafe start = start - 1
            if unsafe cursor - start >= opening.utf8CodeUnitCount,
                unsafe xmlStrncmp(start, opening.utf8Start, Int32(opening.utf8CodeUnitCount)) == 0
            {
                return consumedText &- UInt64(unsafe cursor - start)
            }
        }
        return consumedText
    }

    /// Where the start tag begins at whose end the parser stands, and its length; in the document's own encoding.
    func tagPlace(nameLength: Int) -> (offset: UInt64, length: UInt32) {
        guard let input = unsafe parser?.pointee.input, let cursor = unsafe input.pointee.cur,
            let base = unsafe input.pointee.base
        else { return (0, 0) }
        // No attribute: the name stands right behind the bracket. Else the bracket is looked for; none can stand in
        // an attribute.
        var tag = unsafe cursor - nameLength - 1
        if unsafe tag < base || tag.pointee != UInt8(ascii: "<") {
            unsafe tag = cursor
            while unsafe tag > base && tag.pointee != UInt8(ascii: "<") { unsafe tag = tag - 1 }
        }
        let length = unsafe cursor - tag
        let closing = unsafe cursor.pointee == UInt8(ascii: "/") ? 2 : 1
        guard isConverted, let encoder = unsafe input.pointee.buf?.pointee.encoder else {
            return (consumedText &- UInt64(length), UInt32(truncatingIfNeeded: length + closing))
        }
        let isWide = unsafe encoder.pointee.name.map { unsafe String(cString: $0).hasPrefix("UTF-16") } ?? false
        var units = 0
        for index in 0..<length {
            let byte = unsafe tag[index]
            if byte & 0xC0 != 0x80 { units += isWide && byte >= 0xF0 ? 2 : 1 }
        }
        let unit = isWide ? 2 : 1
        return (
            consumedBytes &- UInt64(units * unit), UInt32(truncatingIfNeeded: (units + closing) * unit)
        )
    }
}
