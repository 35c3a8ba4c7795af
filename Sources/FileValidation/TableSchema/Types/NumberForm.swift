/// How numbers are written: the decimal character, the characters between groups, and what may stand around them.
struct NumberForm: Hashable, Sendable {
    /// The bytes between the whole and the decimals.
    var decimal: [UInt8] = [UInt8(ascii: ".")]
    /// The bytes between groups of digits; empty for none.
    var group: [UInt8] = []
    /// Whether nothing may stand around the number, such as a currency or `%`.
    var isBare = true
    /// Whether it has no decimals and no power of ten.
    var isWhole = false

    /// What a text is, beyond the numbers.
    enum Special: Sendable {
        case notANumber, infinity, negativeInfinity
    }

    /// A number, or one of the words that stand for none.
    enum Reading: Sendable {
        case number(DecimalNumber)
        case special(Special)
    }

    /// Reads a text; nil when it is no number of this form.
    func read(_ text: Span<UInt8>) -> Reading? {
        var range = 0..<text.count
        if !isBare { range = Self.core(text) }
        if !isWhole, let special = Self.special(text.extracting(range)) { return .special(special) }
        return decimal(text.extracting(range)).map { .number($0) }
    }

    private func decimal(_ text: Span<UInt8>) -> DecimalNumber? {
        var index = 0
        var isNegative = false
        if index < text.count, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+") {
            isNegative = text[index] == UInt8(ascii: "-")
            index += 1
        }
        var digits: [UInt8] = []
        var point: Int?
        while index < text.count {
            let digit = text[index] &- UInt8(ascii: "0")
            if digit <= 9 {
                digits.append(digit)
                index += 1
            } else if point == nil, !isWhole, Self.starts(text, index, decimal) {
                point = digits.count
                index += decimal.count
            } else if point == nil, !group.isEmpty, !digits.isEmpty, Self.starts(text, index, group),
                index + group.count < text.count, text[index + group.count] &- UInt8(ascii: "0") <= 9
            {
                index += group.count
            } else {
                break
            }
        }
        guard !digits.isEmpty else { return nil }
        guard index < text.count else {
            return DecimalNumber(isNegative: isNegative, digits: digits, point: point ?? digits.count, power: 0)
        }
        guard let power = power(text, from: index) else { return nil }
        return DecimalNumber(isNegative: isNegative, digits: digits, point: point ?? digits.count, power: power)
    }

    /// The power of ten at the end of a number.
    private func power(_ text: Span<UInt8>, from start: Int) -> Int? {
        guard !isWhole, text[start] | 0x20 == UInt8(ascii: "e"), start + 1 < text.count else { return nil }
        var index = start + 1
        let isNegative = text[index] == UInt8(ascii: "-")
        if isNegative || text[index] == UInt8(ascii: "+") { index += 1 }
        guard index < text.count, text.count - index <= 9 else { return nil }
        var power = 0
        while index < text.count {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            power = power * 10 + Int(digit)
            index += 1
        }
        return isNegative ? -power : power
    }

    private static func starts(_ text: Span<UInt8>, _ index: Int, _ bytes: [UInt8]) -> Bool {
        guard index + bytes.count <= text.count else { return false }
        for offset in bytes.indices where text[index + offset] != bytes[offset] { return false }
        return true
    }

    /// What is left of a text without the bytes around its number: signs and digits are of the number.
    private static func core(_ text: Span<UInt8>) -> Range<Int> {
        func isOfNumber(_ byte: UInt8) -> Bool {
            byte &- UInt8(ascii: "0") <= 9 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
        }
        var (start, end) = (0, text.count)
        while start < end, !isOfNumber(text[start]) { start += 1 }
        while end > start, text[end - 1] &- UInt8(ascii: "0") > 9 { end -= 1 }
        return start..<end
    }

    private static func special(_ text: Span<UInt8>) -> Special? {
        switch text.count {
        case 3 where text[0] == 0x4E && text[1] == 0x61 && text[2] == 0x4E: .notANumber
        case 3 where text[0] == 0x49 && text[1] == 0x4E && text[2] == 0x46: .infinity
        case 4 where text[0] == 0x2D && text[1] == 0x49 && text[2] == 0x4E && text[3] == 0x46: .negativeInfinity
        default: nil
        }
    }
}
