/// The one DOCTYPE that schema documents may have: that of W3C's schema for XML signatures.
///
/// Invoices in Italy and UBL documents import that schema. Its declarations add nothing that the document uses: the
/// prefix `ds` is declared again on its outermost element, and its entities are mentioned nowhere. Should a copy
/// mention one, it is not well-formed any more and is refused for that.
enum SignatureDoctype {
    private static let known: Set<String> = {
        let declarations =
            "[ <!ATTLIST schema xmlns:ds CDATA #FIXED \"http://www.w3.org/2000/09/xmldsig#\"> "
            + "<!ENTITY dsig 'http://www.w3.org/2000/09/xmldsig#'> <!ENTITY % p ''> <!ENTITY % s ''> ]>"
        let identifiers = "PUBLIC \"-//W3C//DTD XMLSchema 200102//EN\" \"http://www.w3.org/2001/XMLSchema.dtd\" "
        return ["<!DOCTYPE schema " + declarations, "<!DOCTYPE schema " + identifiers + declarations]
    }()

    /// The document with that DOCTYPE blanked out, so that every line and column stays; others are left as they are.
    static func blanked(_ document: [UInt8]) -> [UInt8] {
        guard let range = range(in: document) else { return document }
        let declaration = String(decoding: document[range], as: UTF8.self)
        guard known.contains(declaration.split(whereSeparator: \.isWhitespace).joined(separator: " ")) else {
            return document
        }
        var document = document
        for index in range where !isLineEnd(document[index]) { document[index] = UInt8(ascii: " ") }
        return document
    }

    /// Where the first DOCTYPE stands that is no part of a comment, up to the `]>` behind it.
    private static func range(in document: [UInt8]) -> Range<Int>? {
        let doctype = Array("<!DOCTYPE".utf8)
        let commentStart = Array("<!--".utf8)
        let commentEnd = Array("-->".utf8)
        let end = Array("]>".utf8)
        var index = 0
        // In front of the outermost element there are only comments, instructions and white space.
        while let opening = document[index...].firstIndex(of: UInt8(ascii: "<")) {
            let rest = document[opening...]
            if rest.starts(with: commentStart) {
                guard let close = rest.dropFirst(commentStart.count).firstRange(of: commentEnd) else { return nil }
                index = close.upperBound
            } else if rest.dropFirst().first == UInt8(ascii: "?") {
                guard let close = rest.firstRange(of: Array("?>".utf8)) else { return nil }
                index = close.upperBound
            } else {
                guard rest.starts(with: doctype), let close = rest.firstRange(of: end) else { return nil }
                return opening..<close.upperBound
            }
        }
        return nil
    }

    private static func isLineEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
}
