/// A JSON document to be written: the same bytes for the same value, members in the order given.
///
/// Amounts are written as strings, because a JSON number is a floating-point number to most readers.
public indirect enum JSONValue: Sendable {
    case object([(String, JSONValue)])
    case array([JSONValue])
    case string(String)
    case integer(Int)
    case boolean(Bool)
    case null

    /// The document as UTF-8 text with two spaces of indentation and a line end behind it (RFC 8259).
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        write(to: &bytes, indentation: 0)
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    /// The document as UTF-8 text on one line, with a line end behind it.
    public var line: [UInt8] {
        var bytes: [UInt8] = []
        write(to: &bytes, indentation: nil)
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    /// Writes the value; on one line when there is no indentation.
    private func write(to bytes: inout [UInt8], indentation: Int?) {
        switch self {
        case .object(let members):
            writeGroup(members, open: "{", close: "}", to: &bytes, indentation: indentation) { member, bytes in
                Self.writeString(member.0, to: &bytes)
                bytes.append(contentsOf: ": ".utf8)
                member.1.write(to: &bytes, indentation: indentation.map { $0 + 1 })
            }
        case .array(let elements):
            writeGroup(elements, open: "[", close: "]", to: &bytes, indentation: indentation) { element, bytes in
                element.write(to: &bytes, indentation: indentation.map { $0 + 1 })
            }
        case .string(let text): Self.writeString(text, to: &bytes)
        case .integer(let number): bytes.append(contentsOf: String(number).utf8)
        case .boolean(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
        case .null: bytes.append(contentsOf: "null".utf8)
        }
    }

    private func writeGroup<Element>(
        _ elements: [Element], open: String, close: String, to bytes: inout [UInt8], indentation: Int?,
        writeElement: (Element, inout [UInt8]) -> Void
    ) {
        bytes.append(contentsOf: open.utf8)
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            if let indentation {
                Self.writeLineEnd(to: &bytes, indentation: indentation + 1)
            } else if index > 0 {
                bytes.append(UInt8(ascii: " "))
            }
            writeElement(element, &bytes)
        }
        if let indentation, !elements.isEmpty { Self.writeLineEnd(to: &bytes, indentation: indentation) }
        bytes.append(contentsOf: close.utf8)
    }

    private static func writeLineEnd(to bytes: inout [UInt8], indentation: Int) {
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * indentation))
    }

    private static func writeString(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): bytes.append(contentsOf: "\\\"".utf8)
            case UInt8(ascii: "\\"): bytes.append(contentsOf: "\\\\".utf8)
            case 0x0A: bytes.append(contentsOf: "\\n".utf8)
            case 0x0D: bytes.append(contentsOf: "\\r".utf8)
            case 0x09: bytes.append(contentsOf: "\\t".utf8)
            case 0..<0x20, 0x7F:
                let digits = String(byte, radix: 16)
                bytes.append(contentsOf: ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
