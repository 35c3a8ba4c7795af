/// Reads what stands behind a backslash in a text of JSON.
struct JSONEscape {
    private var digits = 0
    private var value: UInt16 = 0
    private var high: UInt16?

    /// Whether the first half of a pair waits for the second.
    var hasHalf: Bool { high != nil }

    /// The byte that a letter behind a backslash stands for.
    static func byte(of letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: nil
        }
    }

    /// Takes a hexadecimal digit; false if it is none.
    mutating func take(_ byte: UInt8) -> Bool {
        let digit: UInt8
        switch byte {
        case 0x30...0x39: digit = byte - 0x30
        case 0x41...0x46: digit = byte - 0x41 + 10
        case 0x61...0x66: digit = byte - 0x61 + 10
        default: return false
        }
        value = value << 4 | UInt16(digit)
        digits += 1
        return true
    }

    /// The unit of UTF-16, once it has four digits; taking it begins the next.
    var unit: UInt16? {
        mutating get {
            guard digits == 4 else { return nil }
            defer { (digits, value) = (0, 0) }
            return value
        }
    }

    /// The UTF-8 of a unit of UTF-16: nothing for the first half of a pair, nil for a half that is alone.
    mutating func bytes(of unit: UInt16) -> [UInt8]? {
        let isLow = (0xDC00...0xDFFF).contains(unit)
        if let first = high {
            guard isLow else { return nil }
            high = nil
            let scalar = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(unit) - 0xDC00)
            return Unicode.Scalar(scalar).map { Array(String(Character($0)).utf8) }
        }
        if (0xD800...0xDBFF).contains(unit) {
            high = unit
            return []
        }
        return Unicode.Scalar(unit).map { Array(String(Character($0)).utf8) }
    }
}
