/// Numbers of JSON as plain decimal digits, exactly: `1.5E3` is `1500`.
///
/// Programs that keep amounts as binary floats write exponents. The digits are moved, never computed.
enum JSONNumber {
    /// More digits than that are no amount; the number stays as it is written.
    private static let mostDigits = 64

    /// Whether a text is a number as RFC 8259 has it.
    static func isNumber(_ text: [UInt8]) -> Bool { Parts(text) != nil }

    /// The number without an exponent; the text itself where there is none, or where it would be very long.
    static func plain(_ text: [UInt8]) -> [UInt8] {
        guard let parts = Parts(text), parts.hasExponent else { return text }
        let digits = parts.whole + parts.fraction
        let point = parts.whole.count + parts.exponent
        guard point.magnitude <= mostDigits, digits.count <= mostDigits else { return text }
        let zero = UInt8(ascii: "0")
        var whole = Array(digits.prefix(max(0, point)))
        whole += Array(repeating: zero, count: max(0, point - digits.count))
        var fraction = Array(repeating: zero, count: max(0, -point))
        fraction += digits.dropFirst(max(0, point))
        let significant = Array(whole.drop { $0 == zero })
        return (parts.isNegative ? [UInt8(ascii: "-")] : []) + (significant.isEmpty ? [zero] : significant)
            + (fraction.isEmpty ? [] : [UInt8(ascii: ".")] + fraction)
    }

    /// The parts of a number.
    private struct Parts {
        var isNegative = false
        var whole: [UInt8] = []
        var fraction: [UInt8] = []
        var hasExponent = false
        /// Saturates far beyond `mostDigits`.
        var exponent = 0

        init?(_ text: [UInt8]) {
            var rest = text[...]
            func takeDigits() -> [UInt8] {
                let digits = rest.prefix { (0x30...0x39).contains($0) }
                rest = rest.dropFirst(digits.count)
                return Array(digits)
            }
            if rest.first == UInt8(ascii: "-") {
                isNegative = true
                rest = rest.dropFirst()
            }
            whole = takeDigits()
            guard !whole.isEmpty, whole.count == 1 || whole[0] != UInt8(ascii: "0") else { return nil }
            if rest.first == UInt8(ascii: ".") {
                rest = rest.dropFirst()
                fraction = takeDigits()
                guard !fraction.isEmpty else { return nil }
            }
            if let mark = rest.first, mark | 0x20 == UInt8(ascii: "e") {
                rest = rest.dropFirst()
                hasExponent = true
                let isBelow = rest.first == UInt8(ascii: "-")
                if isBelow || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
                let digits = takeDigits()
                guard !digits.isEmpty else { return nil }
                for digit in digits { exponent = min(exponent * 10 + Int(digit - 0x30), 1_000_000) }
                if isBelow { exponent = -exponent }
            }
            guard rest.isEmpty else { return nil }
        }
    }
}
