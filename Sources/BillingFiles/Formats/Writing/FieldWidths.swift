/// Fills values up to the widths of their fields, where fields stand at positions.
struct FieldWidths: Sendable {
    private enum Filling {
        case blanksBehind, zerosBefore, zerosBehind
    }

    private let widths: [(field: Int, width: Int, filling: Filling)]
    private let encoding: TextEncoding

    /// The widths of a plan's fields; nil where fields stand between delimiters.
    init?(_ plan: WritingPlan) {
        guard case .fixedWidth(let records, let type) = plan.form.kind else { return nil }
        encoding = plan.profile.encoding
        let conversions = plan.ways.joined()
        widths = records.types[type].fields.compactMap { field in
            guard let number = plan.number(of: field.name) else { return nil }
            var filling = Filling.blanksBehind
            if let way = conversions.first(where: { $0.filled.contains(number) }) {
                if way.conversion.isNumber { filling = .zerosBefore }
                if way.conversion.endsWithFraction, way.fields.last == number { filling = .zerosBehind }
            }
            return (number, field.end - field.start, filling)
        }
    }

    /// Fills all values; a refusal names a field that is too narrow for its value.
    func fill(_ values: inout [ValueRange], _ text: inout RowText) -> FieldRefusal? {
        for (field, width, filling) in widths {
            let range = values[field].range
            let count = encoding == .utf8 ? range.count : Self.characters(text.bytes.span.extracting(range))
            guard count <= width else {
                return FieldRefusal(field: field, expected: "at most \(width) characters")
            }
            guard count < width else { continue }
            let start = text.count
            let filling = range.isEmpty ? .blanksBehind : filling
            let isNegative = !range.isEmpty && text.bytes[range.lowerBound] == UInt8(ascii: "-")
            if filling == .zerosBefore {
                if isNegative { text.append(UInt8(ascii: "-")) }
                for _ in count..<width { text.append(UInt8(ascii: "0")) }
            }
            for index in range.dropFirst(filling == .zerosBefore && isNegative ? 1 : 0) {
                let byte = text.bytes[index]
                text.append(byte)
            }
            if filling != .zerosBefore {
                for _ in count..<width { text.append(filling == .zerosBehind ? UInt8(ascii: "0") : UInt8(ascii: " ")) }
            }
            values[field] = ValueRange(start..<text.count)
        }
        return nil
    }

    private static func characters(_ text: Span<UInt8>) -> Int {
        var count = 0
        for index in text.indices where text[index] & 0xC0 != 0x80 { count += 1 }
        return count
    }
}
