/// Whether texts are objects or arrays of JSON.
enum JSONShape {
    private static let deepest = 128

    /// Whether a text is one value of JSON that begins with a byte: `{` for objects, `[` for arrays.
    static func holds(_ text: Span<UInt8>, beginning: UInt8) -> Bool {
        var index = 0
        skipBlanks(text, &index)
        guard index < text.count, text[index] == beginning, value(text, &index, 0) else { return false }
        skipBlanks(text, &index)
        return index == text.count
    }

    private static func skipBlanks(_ text: Span<UInt8>, _ index: inout Int) {
        while index < text.count, [0x20, 0x09, 0x0A, 0x0D].contains(text[index]) { index += 1 }
    }

    private static func take(_ byte: UInt8, _ text: Span<UInt8>, _ index: inout Int) -> Bool {
        guard index < text.count, text[index] == byte else { return false }
        index += 1
        return true
    }

    private static func value(_ text: Span<UInt8>, _ index: inout Int, _ depth: Int) -> Bool {
        guard depth < deepest, index < text.count else { return false }
        switch text[index] {
        case UInt8(ascii: "{"): return members(text, &index, depth, end: UInt8(ascii: "}"), areNamed: true)
        case UInt8(ascii: "["): return members(text, &index, depth, end: UInt8(ascii: "]"), areNamed: false)
        case UInt8(ascii: "\""): return string(text, &index)
        case UInt8(ascii: "t"): return word("true", text, &index)
        case UInt8(ascii: "f"): return word("false", text, &index)
        case UInt8(ascii: "n"): return word("null", text, &index)
        default: return number(text, &index)
        }
    }

    private static func members(
        _ text: Span<UInt8>, _ index: inout Int, _ depth: Int, end: UInt8, areNamed: Bool
    ) -> Bool {
        index += 1
        skipBlanks(text, &index)
        if take(end, text, &index) { return true }
        while true {
            skipBlanks(text, &index)
            if areNamed {
                guard string(text, &index) else { return false }
                skipBlanks(text, &index)
                guard take(UInt8(ascii: ":"), text, &index) else { return false }
                skipBlanks(text, &index)
            }
            guard value(text, &index, depth + 1) else { return false }
            skipBlanks(text, &index)
            if take(end, text, &index) { return true }
            guard take(UInt8(ascii: ","), text, &index) else { return false }
        }
    }

    private static func string(_ text: Span<UInt8>, _ index: inout Int) -> Bool {
        guard take(UInt8(ascii: "\""), text, &index) else { return false }
        while index < text.count {
            let byte = text[index]
            index += 1
            if byte == UInt8(ascii: "\"") { return true }
            if byte < 0x20 { return false }
            guard byte == UInt8(ascii: "\\") else { continue }
            guard index < text.count else { return false }
            let escape = text[index]
            index += 1
            guard escape == UInt8(ascii: "u") else {
                if "\"\\/bfnrt".utf8.contains(escape) { continue }
                return false
            }
            guard index + 4 <= text.count else { return false }
            for place in index..<(index + 4) {
                let isLetter = UInt8(ascii: "a")...UInt8(ascii: "f") ~= text[place] | 0x20
                if ClockTime.digit(text[place]) == nil, !isLetter { return false }
            }
            index += 4
        }
        return false
    }

    private static func word(_ word: String, _ text: Span<UInt8>, _ index: inout Int) -> Bool {
        for byte in word.utf8 { guard take(byte, text, &index) else { return false } }
        return true
    }

    private static func number(_ text: Span<UInt8>, _ index: inout Int) -> Bool {
        _ = take(UInt8(ascii: "-"), text, &index)
        let first = index
        guard digits(text, &index) else { return false }
        if text[first] == UInt8(ascii: "0"), index > first + 1 { return false }
        if take(UInt8(ascii: "."), text, &index), !digits(text, &index) { return false }
        if index < text.count, text[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            if !take(UInt8(ascii: "-"), text, &index) { _ = take(UInt8(ascii: "+"), text, &index) }
            return digits(text, &index)
        }
        return true
    }

    private static func digits(_ text: Span<UInt8>, _ index: inout Int) -> Bool {
        let first = index
        while index < text.count, ClockTime.digit(text[index]) != nil { index += 1 }
        return index > first
    }
}
