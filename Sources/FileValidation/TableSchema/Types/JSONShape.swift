/// Whether texts are objects or arrays of JSON.
enum JSONShape {
    private static let deepest = 128

    /// How many items a text has that is one value of JSON beginning with a byte, `{` for objects and `[` for arrays;
    /// nil when it is none.
    static func count(_ text: Span<UInt8>, beginning: UInt8) -> Int? {
        var index = 0
        skipBlanks(text, &index)
        guard index < text.count, text[index] == beginning,
            let count = members(
                text, &index, 0, end: beginning == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: "]"),
                areNamed: beginning == UInt8(ascii: "{"))
        else { return nil }
        skipBlanks(text, &index)
        return index == text.count ? count : nil
    }

    /// The text of a member of an object, as it is written; nil when there is none or it is no text.
    ///
    /// Of several members of one name the last one counts.
    static func text(of name: String, in object: Span<UInt8>) -> String? {
        var (index, found) = (0, String?.none)
        skipBlanks(object, &index)
        guard take(UInt8(ascii: "{"), object, &index) else { return nil }
        while index < object.count {
            skipBlanks(object, &index)
            guard let key = written(object, &index) else { return found }
            skipBlanks(object, &index)
            guard take(UInt8(ascii: ":"), object, &index) else { return nil }
            skipBlanks(object, &index)
            let first = index
            guard value(object, &index, 1) else { return nil }
            if key == name {
                var place = first
                found = written(object, &place)
            }
            skipBlanks(object, &index)
            guard take(UInt8(ascii: ","), object, &index) else { return found }
        }
        return nil
    }

    /// What stands between the quotes of a text, its escapes as they are.
    private static func written(_ text: Span<UInt8>, _ index: inout Int) -> String? {
        let first = index + 1
        guard string(text, &index) else { return nil }
        let inner = text.extracting(first..<(index - 1))
        return String(decoding: inner.indices.map { inner[$0] }, as: UTF8.self)
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
        case UInt8(ascii: "{"): return members(text, &index, depth, end: UInt8(ascii: "}"), areNamed: true) != nil
        case UInt8(ascii: "["): return members(text, &index, depth, end: UInt8(ascii: "]"), areNamed: false) != nil
        case UInt8(ascii: "\""): return string(text, &index)
        case UInt8(ascii: "t"): return word("true", text, &index)
        case UInt8(ascii: "f"): return word("false", text, &index)
        case UInt8(ascii: "n"): return word("null", text, &index)
        default: return number(text, &index)
        }
    }

    private static func members(
        _ text: Span<UInt8>, _ index: inout Int, _ depth: Int, end: UInt8, areNamed: Bool
    ) -> Int? {
        index += 1
        skipBlanks(text, &index)
        if take(end, text, &index) { return 0 }
        var count = 0
        while true {
            skipBlanks(text, &index)
            if areNamed {
                guard string(text, &index) else { return nil }
                skipBlanks(text, &index)
                guard take(UInt8(ascii: ":"), text, &index) else { return nil }
                skipBlanks(text, &index)
            }
            guard value(text, &index, depth + 1) else { return nil }
            count += 1
            skipBlanks(text, &index)
            if take(end, text, &index) { return count }
            guard take(UInt8(ascii: ","), text, &index) else { return nil }
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
