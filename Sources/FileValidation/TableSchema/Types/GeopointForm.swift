/// How a place on Earth is written: longitude, then latitude, in degrees (Table Schema, type `geopoint`).
enum GeopointForm: Sendable {
    /// `90.50, 45.50`.
    case pair
    /// `[90.50, 45.50]`.
    case array
    /// `{"lon": 90.50, "lat": 45.50}`, in either order.
    case object

    /// Whether a text is such a place.
    func holds(_ text: Span<UInt8>) -> Bool {
        switch self {
        case .pair:
            return Self.isPlace(Self.parts(of: text, at: UInt8(ascii: ",")))
        case .array:
            guard JSONShape.count(text, beginning: UInt8(ascii: "[")) == 2 else { return false }
            return Self.isPlace(Self.parts(of: text.extracting(Self.inner(text)), at: UInt8(ascii: ",")))
        case .object:
            guard JSONShape.count(text, beginning: UInt8(ascii: "{")) == 2 else { return false }
            var members: [String: [UInt8]] = [:]
            for member in Self.parts(of: text.extracting(Self.inner(text)), at: UInt8(ascii: ",")) {
                let parts = Self.parts(of: member.span, at: UInt8(ascii: ":"))
                if parts.count == 2 { members[String(decoding: parts[0], as: UTF8.self)] = parts[1] }
            }
            guard let longitude = members["\"lon\""], let latitude = members["\"lat\""] else { return false }
            return Self.isPlace([longitude, latitude])
        }
    }

    private static func isPlace(_ parts: [[UInt8]]) -> Bool {
        parts.count == 2 && isNumber(parts[0], within: 180) && isNumber(parts[1], within: 90)
    }

    private static func isNumber(_ text: [UInt8], within limit: UInt8) -> Bool {
        let largest = DecimalNumber(
            isNegative: false, digits: [limit / 100, limit / 10 % 10, limit % 10], point: 3, power: 0)
        let smallest = DecimalNumber(
            isNegative: true, digits: [limit / 100, limit / 10 % 10, limit % 10], point: 3, power: 0)
        guard case .number(let number)? = NumberForm().read(text.span) else { return false }
        return smallest <= number && number <= largest
    }

    /// What stands between the brackets.
    private static func inner(_ text: Span<UInt8>) -> Range<Int> {
        let (start, end) = bounds(text)
        return min(start + 1, end)..<max(end - 1, min(start + 1, end))
    }

    /// The parts between separators, without the blanks around them.
    private static func parts(of text: Span<UInt8>, at separator: UInt8) -> [[UInt8]] {
        var parts: [[UInt8]] = [[]]
        for index in text.indices {
            if text[index] == separator { parts.append([]) } else { parts[parts.count - 1].append(text[index]) }
        }
        return parts.map { part in
            let (start, end) = bounds(part.span)
            return Array(part[start..<end])
        }
    }

    private static func bounds(_ text: Span<UInt8>) -> (start: Int, end: Int) {
        var (start, end) = (0, text.count)
        while start < end, isBlank(text[start]) { start += 1 }
        while end > start, isBlank(text[end - 1]) { end -= 1 }
        return (start, end)
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
