/// A text with the mark `▸` at the place where a finding must be.
///
/// `¿` stands for a byte that is no UTF-8.
struct MarkedText {
    /// The bytes without the mark.
    let bytes: [UInt8]

    /// The place of the mark, as the program writes it: `line:column`, both from 1.
    let place: String?

    init(_ text: String) {
        let mark = Array("▸".utf8)
        let bad = Array("¿".utf8)
        var bytes: [UInt8] = []
        var place: String?
        var line = 1
        var column = 1
        var rest = Array(text.utf8)[...]
        while let byte = rest.first {
            if rest.starts(with: mark) {
                place = "\(line):\(column)"
                rest = rest.dropFirst(mark.count)
                continue
            }
            let isBad = rest.starts(with: bad)
            bytes.append(isBad ? 0xFF : byte)
            rest = rest.dropFirst(isBad ? bad.count : 1)
            column += 1
            if byte == UInt8(ascii: "\n") { (line, column) = (line + 1, 1) }
        }
        self.bytes = bytes
        self.place = place
    }
}
