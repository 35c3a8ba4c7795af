/// Writes the fields of records as elements of an XML document; empty ones are left out.
///
/// To be used by one thread; each has its own.
struct DocumentEncoder: Sendable {
    private let document: WrittenDocument
    private let numbers: [String: Int]
    private var escaped: [UInt8] = []

    init(_ document: WrittenDocument, _ plan: WritingPlan) {
        self.document = document
        numbers = Dictionary(
            plan.form.columns.compactMap { name in plan.number(of: name).map { (name, $0) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// Appends a record; with a refusal some of it may have been appended.
    mutating func append(_ values: [ValueRange], _ text: Span<UInt8>, to bytes: inout RowText) -> FieldRefusal? {
        append(document.record, depth: document.around.count, isNeeded: true, values, text, to: &bytes)
    }

    private mutating func append(
        _ element: WrittenDocument.Element, depth: Int, isNeeded: Bool, _ values: [ValueRange], _ text: Span<UInt8>,
        to bytes: inout RowText
    ) -> FieldRefusal? {
        guard isNeeded || holdsValue(element, values) else { return nil }
        for _ in 0..<(2 * depth) { bytes.append(UInt8(ascii: " ")) }
        let name = element.name
        bytes.append(UInt8(ascii: "<"))
        bytes.append(name.span)
        for attribute in element.attributes {
            guard let field = numbers[attribute.field], !values[field].range.isEmpty else { continue }
            bytes.append(UInt8(ascii: " "))
            let name = attribute.name
            bytes.append(name.span)
            bytes.append(UInt8(ascii: "="))
            bytes.append(UInt8(ascii: "\""))
            let value = text.extracting(values[field].range)
            if let refusal = appendText(value, field, isAttribute: true, to: &bytes) { return refusal }
            bytes.append(UInt8(ascii: "\""))
        }
        bytes.append(UInt8(ascii: ">"))
        if let path = element.field, let field = numbers[path] {
            let value = text.extracting(values[field].range)
            if let refusal = appendText(value, field, isAttribute: false, to: &bytes) { return refusal }
        } else {
            bytes.append(UInt8(ascii: "\n"))
            for child in element.children {
                let refusal = append(child, depth: depth + 1, isNeeded: false, values, text, to: &bytes)
                if let refusal { return refusal }
            }
            for _ in 0..<(2 * depth) { bytes.append(UInt8(ascii: " ")) }
        }
        bytes.append(UInt8(ascii: "<"))
        bytes.append(UInt8(ascii: "/"))
        bytes.append(name.span)
        bytes.append(UInt8(ascii: ">"))
        bytes.append(UInt8(ascii: "\n"))
        return nil
    }

    private func holdsValue(_ element: WrittenDocument.Element, _ values: [ValueRange]) -> Bool {
        func holds(_ name: String) -> Bool { numbers[name].map { !values[$0].range.isEmpty } ?? false }
        return element.field.map(holds) ?? false || element.attributes.contains { holds($0.field) }
            || element.children.contains { holdsValue($0, values) }
    }

    private mutating func appendText(
        _ value: Span<UInt8>, _ field: Int, isAttribute: Bool, to bytes: inout RowText
    ) -> FieldRefusal? {
        if value.isEmpty { return nil }
        for place in [0, value.count - 1] where value[place] == UInt8(ascii: " ") || value[place] == UInt8(ascii: "\t")
        {
            return FieldRefusal(
                field: field, expected: "a text without blanks around it, which mean nothing in the format")
        }
        for index in value.indices where value[index] == 0x0A || value[index] == 0x0D {
            return FieldRefusal(field: field, expected: "a text without line breaks")
        }
        escaped.removeAll(keepingCapacity: true)
        guard !XMLText.append(value, to: &escaped) else {
            return FieldRefusal(field: field, expected: "characters that XML can carry")
        }
        for byte in escaped {
            switch byte {
            case UInt8(ascii: "\"") where isAttribute: for byte in "&quot;".utf8 { bytes.append(byte) }
            // A reader makes a blank of it.
            case UInt8(ascii: "\t") where isAttribute: for byte in "&#9;".utf8 { bytes.append(byte) }
            default: bytes.append(byte)
            }
        }
        return nil
    }
}
