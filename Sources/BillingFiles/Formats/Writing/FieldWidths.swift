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
    func fill(_ values: inout [ValueRange], _ text: inout [UInt8]) -> FieldRefusal? {
        for (field, width, filling) in widths {
            let range = values[field].range
            let count = encoding == .utf8 ? range.count : Self.characters(text, range)
            guard count <= width else {
                return FieldRefusal(field: field, expected: "at most \(width) characters")
            }
            guard count < width else { continue }
            let start = text.count
            let isNegative = !range.isEmpty && text[range.lowerBound] == UInt8(ascii: "-")
            switch range.isEmpty ? .blanksBehind : filling {
            case .blanksBehind:
                for index in range { text.append(text[index]) }
                text.append(contentsOf: repeatElement(UInt8(ascii: " "), count: width - count))
            case .zerosBehind:
                for index in range { text.append(text[index]) }
                text.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: width - count))
            case .zerosBefore:
                if isNegative { text.append(UInt8(ascii: "-")) }
                text.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: width - count))
                for index in range.dropFirst(isNegative ? 1 : 0) { text.append(text[index]) }
            }
            values[field] = ValueRange(start..<text.count)
        }
        return nil
    }

    private static func characters(_ text: [UInt8], _ range: Range<Int>) -> Int {
        var count = 0
        for index in range where text[index] & 0xC0 != 0x80 { count += 1 }
        return count
    }
}
