import Foundation

/// Where a finding of the gallery must stand, as somebody wrote it down who looked at the input.
///
/// A line of the file `places`, its parts divided by tabs:
///
///     charges.csv  2  15  1  charged_on  10  2025-02-30
///     charges.csv  -  the file holds no byte
///
/// File, line, column, record, field (`-` for none), how many bytes are meant, and the text that stands there. A finding
/// about a point has 0 bytes, and the text is what follows it. A finding about a whole file has a reason instead.
struct GalleryPlace {
    let file: String
    let line: Int
    let column: Int
    let record: Int
    let field: String?
    let length: Int
    let text: [UInt8]
    /// Why there is no place; nil where there is one.
    let reason: String?

    var isWhole: Bool { reason != nil }

    init(_ line: some StringProtocol) throws {
        let parts = String(line).components(separatedBy: "\t")
        if parts.count == 3, parts[1] == "-" {
            (file, reason) = (parts[0], parts[2])
            (self.line, column, record, field, length, text) = (0, 0, 0, nil, 0, [])
            return
        }
        guard parts.count == 7, let number = Int(parts[1]), let column = Int(parts[2]), let record = Int(parts[3]),
            let length = Int(parts[5])
        else { throw Command.Failed(text: "no place: \(line)") }
        (file, self.line, self.column, self.record, self.length) = (parts[0], number, column, record, length)
        field = parts[4] == "-" ? nil : parts[4]
        text = try Self.unescaped(parts[6])
        reason = nil
    }

    /// The byte of the place, counted in the file by its line and column alone; nil when the file has no such place.
    func offset(in bytes: [UInt8]) -> Int? {
        var start = 0
        for _ in 1..<max(1, line) {
            guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
            start = end + 1
        }
        let offset = start + column - 1
        return offset <= bytes.count ? offset : nil
    }

    /// Whether the text stands at the place.
    func holds(in bytes: [UInt8]) -> Bool {
        guard let offset = offset(in: bytes) else { return false }
        let rest = bytes[offset...]
        return length > 0 ? Array(rest.prefix(length)) == text : rest.starts(with: text)
    }

    /// Bytes written as `\xNN`, and a backslash as two.
    private static func unescaped(_ text: String) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            if rest.first == UInt8(ascii: "\\") {
                bytes.append(rest.removeFirst())
            } else if rest.first == UInt8(ascii: "x"), rest.count >= 3,
                let value = UInt8(String(decoding: rest.dropFirst().prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(3)
            } else {
                throw Command.Failed(text: "no escape: \(text)")
            }
        }
        return bytes
    }
}
