/// Which texts may be the name of an element.
enum XMLElementName {
    /// The longest name that is written; libxml2 and others refuse names far beyond it.
    static let maximumLength = 1024

    /// Whether `text` is a name that any XML reader takes: an NCName of XML Names 1.0, and none that is reserved.
    ///
    /// Colons divide prefixes from names, names that begin with `xml` in any case belong to the standard, and `column`
    /// is the element that has its column's name in an attribute.
    static func isUsable(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, isStart(first), text.utf8.count <= maximumLength else {
            return false
        }
        return text.unicodeScalars.allSatisfy(isPart) && !text.lowercased().hasPrefix("xml") && text != "column"
    }

    /// `NameStartChar` of XML 1.0, fifth edition, without the colon.
    private static func isStart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x41...0x5A, 0x5F, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF, 0x370...0x37D, 0x37F...0x1FFF,
            0x200C...0x200D, 0x2070...0x218F, 0x2C00...0x2FEF, 0x3001...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFFD,
            0x10000...0xEFFFF:
            true
        default: false
        }
    }

    /// `NameChar` of XML 1.0, fifth edition, without the colon.
    private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2D, 0x2E, 0x30...0x39, 0xB7, 0x300...0x36F, 0x203F...0x2040: true
        default: isStart(scalar)
        }
    }
}
