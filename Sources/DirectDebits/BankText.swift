/// The characters that every bank of SEPA takes.
///
/// Latin letters without marks, digits, and `/ - ? : ( ) . , ' +` and the blank (EPC217-08).
public enum BankText {
    /// Whether a byte is one of these characters.
    static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        case UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"), UInt8(ascii: "("),
            UInt8(ascii: ")"), UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "'"), UInt8(ascii: "+"),
            UInt8(ascii: " "):
            true
        default: false
        }
    }

    /// Whether a text can be an identifier: not empty, not too long, of these characters, no slash at its ends and no two
    /// of them together, and no blank at its ends.
    public static func isIdentifier(_ text: some Collection<UInt8>, atMost length: Int = 35) -> Bool {
        guard !text.isEmpty, text.count <= length, text.allSatisfy(isAllowed) else { return false }
        let bytes = Array(text)
        let slash = UInt8(ascii: "/")
        guard bytes[0] != slash, bytes[bytes.count - 1] != slash, bytes[0] != UInt8(ascii: " "),
            bytes[bytes.count - 1] != UInt8(ascii: " ")
        else { return false }
        return !zip(bytes, bytes.dropFirst()).contains { $0 == slash && $1 == slash }
    }

    /// A text in these characters: letters with marks lose them, and what has no likeness becomes a point.
    ///
    /// - Parameter length: how many characters are left at most.
    public static func writable(_ text: String, atMost length: Int) -> String {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            if scalar.value < 0x80, isAllowed(UInt8(truncatingIfNeeded: scalar.value)) {
                bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            } else {
                bytes += Array((likenesses[scalar] ?? (scalar.properties.isWhitespace ? " " : ".")).utf8)
            }
        }
        while bytes.count > length || bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
        return String(decoding: bytes.drop { $0 == UInt8(ascii: " ") }, as: UTF8.self)
    }

    /// Letters with their likenesses in plain ones.
    private static let likenesses: [Unicode.Scalar: String] = {
        let groups: [(String, String)] = [
            ("A", "ÀÁÂÃÅĀĂĄ"), ("a", "àáâãåāăąª"), ("Ae", "ÄÆ"), ("ae", "äæ"), ("C", "ÇĆĈĊČ"), ("c", "çćĉċč"),
            ("D", "ÐĎĐ"), ("d", "ðďđ"), ("E", "ÈÉÊËĒĔĖĘĚ"), ("e", "èéêëēĕėęě"), ("G", "ĜĞĠĢ"), ("g", "ĝğġģ"),
            ("H", "ĤĦ"), ("h", "ĥħ"), ("I", "ÌÍÎÏĨĪĬĮİ"), ("i", "ìíîïĩīĭįı"), ("J", "Ĵ"), ("j", "ĵ"), ("K", "Ķ"),
            ("k", "ķ"), ("L", "ĹĻĽĿŁ"), ("l", "ĺļľŀł"), ("N", "ÑŃŅŇ"), ("n", "ñńņň"), ("O", "ÒÓÔÕŌŎŐ"),
            ("o", "òóôõōŏőº"), ("Oe", "ÖØŒ"), ("oe", "öøœ"), ("R", "ŔŖŘ"), ("r", "ŕŗř"), ("S", "ŚŜŞŠȘ"),
            ("s", "śŝşšș"), ("ss", "ß"), ("T", "ŢŤŦȚ"), ("t", "ţťŧț"), ("Th", "Þ"), ("th", "þ"), ("U", "ÙÚÛŨŪŬŮŰŲ"),
            ("u", "ùúûũūŭůűų"), ("Ue", "Ü"), ("ue", "ü"), ("W", "Ŵ"), ("w", "ŵ"), ("Y", "ÝŶŸ"), ("y", "ýÿŷ"),
            ("Z", "ŹŻŽ"), ("z", "źżž"), ("+", "&"), ("-", "–—_"), ("'", "’‘`\""),
        ]
        var table: [Unicode.Scalar: String] = [:]
        for (plain, marked) in groups { for scalar in marked.unicodeScalars { table[scalar] = plain } }
        return table
    }()
}
