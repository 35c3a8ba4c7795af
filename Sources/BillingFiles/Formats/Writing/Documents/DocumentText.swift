import XMLStream

/// Writes elements of a template with their values.
struct DocumentText {
    let template: DocumentTemplate
    /// Of each node what stands there.
    let values: [[UInt8]]
    let presence: TemplatePresence

    init(_ template: DocumentTemplate, values: [[UInt8]], around: [Int]) {
        self.template = template
        self.values = values
        presence = TemplatePresence(template, values: values, around: around)
    }

    /// Appends an element.
    ///
    /// - Parameter insert: writes an element by other means; false for what is to be written as it stands.
    func append(
        _ element: TemplateElement, depth: Int, to bytes: inout [UInt8],
        _ insert: (TemplateElement, Int, inout [UInt8]) -> Bool = { _, _, _ in false }
    ) {
        guard presence[element.number] else { return }
        Self.indent(depth, &bytes)
        bytes += "<\(element.name.written)".utf8
        bytes += element.declarations
        for node in element.attributes {
            let value = values[node]
            guard !value.isEmpty, let name = template.nodes[node].attribute else { continue }
            bytes += " \(name.written)=\"".utf8
            for byte in Self.escaped(value) {
                switch byte {
                case UInt8(ascii: "\""): bytes += Array("&quot;".utf8)
                // A reader makes a blank of it.
                case UInt8(ascii: "\t"): bytes += Array("&#9;".utf8)
                default: bytes.append(byte)
                }
            }
            bytes.append(UInt8(ascii: "\""))
        }
        if let node = element.text {
            let value = values[node]
            if value.isEmpty {
                bytes += "/>\n".utf8
                return
            }
            bytes.append(UInt8(ascii: ">"))
            bytes += Self.escaped(value)
        } else {
            bytes += ">\n".utf8
            for child in element.children where !insert(child, depth + 1, &bytes) {
                append(child, depth: depth + 1, to: &bytes, insert)
            }
            Self.indent(depth, &bytes)
        }
        bytes += "</\(element.name.written)>\n".utf8
    }

    private static func indent(_ depth: Int, _ bytes: inout [UInt8]) {
        bytes += repeatElement(UInt8(ascii: " "), count: 2 * depth)
    }

    private static func escaped(_ value: [UInt8]) -> [UInt8] {
        var escaped: [UInt8] = []
        _ = XMLText.append(value.span, to: &escaped)
        return escaped
    }
}
