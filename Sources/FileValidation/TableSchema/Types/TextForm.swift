/// What a text of a table schema must look like besides being one.
enum TextForm: String, CaseIterable, Sendable {
    case plain = "default"
    case email, uri, uuid, binary

    /// Whether a text has the form.
    func holds(_ text: Span<UInt8>) -> Bool {
        switch self {
        case .plain: true
        case .email: Self.isEmail(text)
        case .uri: Self.isAddress(text)
        case .uuid: Self.isIdentifier(text)
        case .binary: Self.isBase64(text)
        }
    }

    private static func isEmail(_ text: Span<UInt8>) -> Bool {
        var at: Int?
        for index in text.indices {
            if text[index] <= 0x20 || text[index] == 0x7F { return false }
            if text[index] == UInt8(ascii: "@") {
                guard at == nil else { return false }
                at = index
            }
        }
        guard let at else { return false }
        return at > 0 && at < text.count - 1
    }

    /// A scheme, a colon and something behind it, without blanks and what an address has no room for.
    private static func isAddress(_ text: Span<UInt8>) -> Bool {
        var colon: Int?
        for index in text.indices {
            let byte = text[index]
            if byte <= 0x20 || byte == 0x7F || "\"<>\\^`{|}".utf8.contains(byte) { return false }
            if colon == nil, byte == UInt8(ascii: ":") { colon = index }
            let isLetter = UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
            let isSign = ClockTime.digit(byte) != nil || "+-.".utf8.contains(byte)
            if colon == nil, !isLetter, index == 0 || !isSign { return false }
        }
        guard let colon else { return false }
        return colon > 0 && colon < text.count - 1
    }

    private static func isIdentifier(_ text: Span<UInt8>) -> Bool {
        guard text.count == 36 else { return false }
        for index in text.indices {
            let isDash = index == 8 || index == 13 || index == 18 || index == 23
            let byte = text[index]
            let isDigit = ClockTime.digit(byte) != nil || UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte | 0x20
            if isDash ? byte != UInt8(ascii: "-") : !isDigit { return false }
        }
        return true
    }

    private static func isBase64(_ text: Span<UInt8>) -> Bool {
        guard text.count % 4 == 0 else { return false }
        var padding = 0
        for index in text.indices {
            let byte = text[index]
            if byte == UInt8(ascii: "=") {
                padding += 1
                guard index >= text.count - 2 else { return false }
                continue
            }
            let isLetter = UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 && byte >= 0x41
            guard padding == 0, isLetter || ClockTime.digit(byte) != nil || byte == 0x2B || byte == 0x2F else {
                return false
            }
        }
        return true
    }
}
