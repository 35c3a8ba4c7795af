import BillingValues

/// Where the fields of one row stand, to be compared with those of another.
struct RowComparison: Sendable {
    private var ends: [Int] = []

    /// Notes the fields of a row that ends with LF.
    mutating func read(_ row: RowText) {
        ends.removeAll(keepingCapacity: true)
        var isQuoted = false
        for index in 0..<row.count {
            let byte = row.bytes[index]
            if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if !isQuoted, byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") {
                ends.append(index)
            }
        }
    }

    /// The raw text of a field.
    func range(of field: Int) -> Range<Int> {
        guard ends.indices.contains(field) else { return 0..<0 }
        return (field == 0 ? 0 : ends[field - 1] + 1)..<ends[field]
    }

    /// Whether two texts of a column mean the same: one amount, one instant, or one number.
    static func areAlike(_ one: [UInt8], _ other: [UInt8], column: String) -> Bool {
        switch column {
        case "amount", "price":
            return AmountText.areSame(one.span, other.span)
        case "started_at":
            guard let left = CivilTimestamp.parse(one), let right = CivilTimestamp.parse(other) else { return false }
            guard !hasFraction(one), !hasFraction(other) else { return false }
            return left.offset == nil ? left == right : left.instant == right.instant
        case "duration_s", "volume_bytes":
            func digits(_ text: [UInt8]) -> ArraySlice<UInt8>? {
                guard !text.isEmpty, text.allSatisfy({ $0 &- 0x30 <= 9 }) else { return nil }
                return text.drop { $0 == 0x30 }
            }
            guard let left = digits(one), let right = digits(other) else { return false }
            return left == right
        default: return false
        }
    }

    /// Whether a point in time has a fraction of a second that is not nothing.
    private static func hasFraction(_ text: [UInt8]) -> Bool {
        guard text.count > 20, text[19] == UInt8(ascii: ".") else { return false }
        return text[20...].prefix { $0 &- 0x30 <= 9 }.contains { $0 != 0x30 }
    }
}

extension PercentText {
    /// A text in which every byte that is no letter, digit, `-`, `.`, `_` or `~` is written as `%20` and the like.
    static func encoded(_ text: Span<UInt8>) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for index in text.indices {
            let byte = text[index]
            let isLetter = (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") <= 9
            if isLetter || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
                || byte == UInt8(ascii: "~")
            {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return bytes
    }
}
