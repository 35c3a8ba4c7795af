/// XML text that is put together in some encoding, so that the test knows the offset of everything in it.
struct EncodedXML {
    /// How characters become bytes.
    enum Encoding: CaseIterable {
        case utf8, utf8WithMark, utf16LittleEndian, utf16BigEndian, latin1, windows1252

        /// The name in the declaration; nil where none is needed.
        var declared: String? {
            switch self {
            case .utf8, .utf8WithMark: "UTF-8"
            case .utf16LittleEndian, .utf16BigEndian: "UTF-16"
            case .latin1: "ISO-8859-1"
            case .windows1252: "windows-1252"
            }
        }

        /// How many bytes a column has.
        var unit: Int { self == .utf16LittleEndian || self == .utf16BigEndian ? 2 : 1 }

        fileprivate var mark: [UInt8] {
            switch self {
            case .utf8WithMark: [0xEF, 0xBB, 0xBF]
            case .utf16LittleEndian: [0xFF, 0xFE]
            case .utf16BigEndian: [0xFE, 0xFF]
            default: []
            }
        }
    }

    let encoding: Encoding
    private(set) var bytes: [UInt8]

    /// No text but the byte order mark that the encoding needs.
    init(_ encoding: Encoding) {
        self.encoding = encoding
        bytes = encoding.mark
    }

    /// Appends text; a character that the encoding does not have becomes a reference.
    mutating func put(_ text: String) {
        for scalar in text.unicodeScalars {
            switch encoding {
            case .utf8, .utf8WithMark: bytes += Array(String(scalar).utf8)
            case .utf16LittleEndian:
                for unit in String(scalar).utf16 { bytes += [UInt8(unit & 255), UInt8(unit >> 8)] }
            case .utf16BigEndian:
                for unit in String(scalar).utf16 { bytes += [UInt8(unit >> 8), UInt8(unit & 255)] }
            case .latin1 where scalar.value < 256, .windows1252 where (0xA0..<0x100).contains(scalar.value):
                bytes.append(UInt8(scalar.value))
            case .windows1252 where scalar == "€": bytes.append(0x80)
            case .latin1, .windows1252:
                bytes += scalar.isASCII ? [UInt8(scalar.value)] : Array("&#\(scalar.value);".utf8)
            }
        }
    }

    /// The line and the column of a byte, counted in the plainest way.
    static func place(of offset: Int, in bytes: [UInt8], _ encoding: Encoding) -> (line: Int, column: Int) {
        var (line, start, index) = (1, 0, 0)
        while index + encoding.unit <= min(offset, bytes.count) {
            let isLineEnd =
                switch encoding {
                case .utf16LittleEndian: bytes[index] == 0x0A && bytes[index + 1] == 0
                case .utf16BigEndian: bytes[index] == 0 && bytes[index + 1] == 0x0A
                default: bytes[index] == 0x0A
                }
            index += encoding.unit
            if isLineEnd { (line, start) = (line + 1, index) }
        }
        return (line, (min(offset, bytes.count) - start) / encoding.unit + 1)
    }
}
