import BillingValues

extension ValueShape {
    /// Whether a text looks so.
    func fits(_ text: Span<UInt8>) -> Bool {
        switch self {
        case .digits: return !text.isEmpty && Self.isDigits(text)
        case .caller: return Self.isCaller(text)
        case .time(let pattern): return pattern.read(text) != nil
        case .day(let pattern, let from, let to):
            guard let time = pattern.read(text), let day = TimeForm(pattern).day(of: time) else { return false }
            return from.map { $0 <= day } ?? true && to.map { day <= $0 } ?? true
        case .amount(let form): return ReadAmount(text, form, decimals: nil) != nil
        case .uuid: return Self.isUUID(text)
        case .typeName: return Self.isTypeName(text)
        }
    }

    private static func isDigits(_ text: Span<UInt8>) -> Bool {
        for index in text.indices where text[index] &- UInt8(ascii: "0") > 9 { return false }
        return true
    }

    /// `"name" <number>`, `<number>`, `"name"`; the number may be empty.
    private static func isCaller(_ text: Span<UInt8>) -> Bool {
        guard text.count >= 2 else { return false }
        let last = text[text.count - 1]
        if text[0] == UInt8(ascii: "\"") { return last == UInt8(ascii: ">") || last == UInt8(ascii: "\"") }
        return text[0] == UInt8(ascii: "<") && last == UInt8(ascii: ">")
    }

    private static func isUUID(_ text: Span<UInt8>) -> Bool {
        var digits = 0
        for index in text.indices {
            let byte = text[index]
            if byte == UInt8(ascii: "-") { continue }
            guard byte &- UInt8(ascii: "0") <= 9 || (byte | 0x20) &- UInt8(ascii: "a") <= 5 else { return false }
            digits += 1
        }
        return digits == 32
    }

    /// Capitals, and perhaps a size in brackets.
    private static func isTypeName(_ text: Span<UInt8>) -> Bool {
        var index = 0
        while index < text.count, text[index] &- UInt8(ascii: "A") <= 25 { index += 1 }
        if index < 3 { return false }
        if index == text.count { return true }
        guard text[index] == UInt8(ascii: "("), text[text.count - 1] == UInt8(ascii: ")"), text.count > index + 2
        else { return false }
        return isDigits(text.extracting((index + 1)..<(text.count - 1)))
    }
}
