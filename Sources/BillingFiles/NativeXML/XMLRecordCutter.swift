// Unsafe code: a search lends the bytes to C.

import CByteScan

/// Where XML can be cut so that whole records stand before the cut.
///
/// Only where nothing but tags and text stands: in a comment, a CDATA section or a processing instruction a tag is no
/// tag. A cut that is wrong all the same, because records stand in records, makes parts that are not well-formed.
struct XMLRecordCutter {
    private let endTag: [UInt8]
    private let rootEndTag: [UInt8]

    init(record: String, partEnd: [UInt8]) {
        endTag = Array("</\(record)>".utf8)
        rootEndTag = partEnd
    }

    /// The offset behind the last record's end tag, or nil if none ends in `bytes`.
    func cut(_ bytes: Span<UInt8>) -> Int? {
        var end = bytes.count
        while end >= endTag.count {
            if bytes[end - 1] == UInt8(ascii: ">"), matches(endTag, bytes, at: end - endTag.count) { return end }
            end -= 1
        }
        return nil
    }

    /// Whether a comment, a CDATA section, a DOCTYPE or a processing instruction begins in `bytes`; behind the root's
    /// end tag they do not matter.
    func holdsMoreThanTags(_ bytes: Span<UInt8>, isLast: Bool) -> Bool {
        let holdsEither = unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe buffer.baseAddress.map {
                unsafe cbytescan_holds_either($0, buffer.count, UInt8(ascii: "!"), UInt8(ascii: "?"))
            } ?? false
        }
        guard holdsEither, var place = firstMarkup(bytes) else { return false }
        guard isLast else { return true }
        while place >= rootEndTag.count {
            if matches(rootEndTag, bytes, at: place - rootEndTag.count) { return false }
            place -= 1
        }
        return true
    }

    /// The offset of the first `<!` or `<?`.
    private func firstMarkup(_ bytes: Span<UInt8>) -> Int? {
        guard bytes.count > 1 else { return nil }
        for index in 1..<bytes.count where bytes[index] == UInt8(ascii: "!") || bytes[index] == UInt8(ascii: "?") {
            if bytes[index - 1] == UInt8(ascii: "<") { return index - 1 }
        }
        return nil
    }

    private func matches(_ tag: [UInt8], _ bytes: Span<UInt8>, at start: Int) -> Bool {
        for index in tag.indices where bytes[start + index] != tag[index] { return false }
        return true
    }
}
