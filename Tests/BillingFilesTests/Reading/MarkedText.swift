import BillingFiles

/// A text with marks like ⟨1⟩ in it: the marks are taken out, and where they stood is the place that is expected.
struct MarkedText {
    /// Where a mark stood.
    struct Mark: Equatable {
        let name: String
        let line: Int
        let record: Int
        let column: Int
        let byteOffset: Int
    }

    /// The text without its marks.
    let bytes: [UInt8]

    /// The marks in the order of the text.
    let marks: [Mark]

    /// Takes the marks out; records are counted by the line feeds outside quotes, the header row being 0.
    init(_ text: String) {
        var bytes: [UInt8] = []
        var marks: [Mark] = []
        var (line, record, lineStart) = (1, 0, 0)
        var isQuoted = false
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            if scalar == "⟨", let end = rest.firstIndex(of: "⟩") {
                marks.append(
                    Mark(
                        name: String(rest[..<end]), line: line, record: record, column: bytes.count - lineStart + 1,
                        byteOffset: bytes.count))
                rest = rest[rest.index(after: end)...]
                continue
            }
            bytes += Array(String(scalar).utf8)
            if scalar == "\"" { isQuoted.toggle() }
            guard scalar == "\n" else { continue }
            line += 1
            lineStart = bytes.count
            if !isQuoted { record += 1 }
        }
        self.bytes = bytes
        self.marks = marks
    }

    /// The place of a mark in a file.
    func place(_ mark: Mark, file: String, field: String?) -> Place {
        Place(
            file: file, line: mark.line, record: mark.record, column: mark.column, field: field,
            byteOffset: UInt64(mark.byteOffset))
    }

    /// The raw field that begins at a byte: up to the next comma or line end outside quotes.
    func rawField(at start: Int) -> [UInt8] {
        var isQuoted = false
        let end = bytes[start...].firstIndex { byte in
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            return !isQuoted && [UInt8(ascii: ","), UInt8(ascii: "\n"), UInt8(ascii: "\r")].contains(byte)
        }
        return Array(bytes[start..<(end ?? bytes.count)])
    }
}
