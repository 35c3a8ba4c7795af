/// The text of a message while it is written.
struct MessageText {
    private(set) var bytes: [UInt8] = []
    private var depth = 1

    mutating func raw(_ text: String) { bytes += Array(text.utf8) }

    mutating func open(_ names: String...) {
        for name in names {
            indent()
            raw("<\(name)>\n")
            depth += 1
        }
    }

    /// Closes elements, the innermost named last.
    mutating func close(_ names: String...) {
        for name in names.reversed() {
            depth -= 1
            indent()
            raw("</\(name)>\n")
        }
    }

    mutating func element(_ name: String, _ value: String, attribute: String = "") {
        indent()
        raw("<\(name)\(attribute)>")
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "&"): raw("&amp;")
            case UInt8(ascii: "<"): raw("&lt;")
            case UInt8(ascii: ">"): raw("&gt;")
            default: bytes.append(byte)
            }
        }
        raw("</\(name)>\n")
    }

    /// An element with one value deep in it.
    mutating func nested(_ names: [String], _ value: String) {
        for name in names.dropLast() { open(name) }
        element(names.last ?? "", value)
        for name in names.dropLast().reversed() { close(name) }
    }

    mutating func take() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    private mutating func indent() { bytes += repeatElement(UInt8(ascii: " "), count: 2 * depth) }
}
