import BillingFiles
import DelimitedText

extension FormGuess {
    /// The encoding that a mark tells, or UTF-8; nil for anything else.
    static func encoding(_ sample: [UInt8]) -> TextEncoding? {
        if sample.starts(with: [0xFF, 0xFE, 0, 0]) || sample.starts(with: [0, 0, 0xFE, 0xFF]) { return nil }
        if sample.starts(with: [0xFF, 0xFE]) { return .utf16LittleEndian }
        if sample.starts(with: [0xFE, 0xFF]) { return .utf16BigEndian }
        // UTF-16 without a mark is text with a NUL beside every letter.
        let zeros = sample.count { $0 == 0 }
        if zeros * 4 > sample.count { return nil }
        guard let invalid = UTF8Check.firstInvalidByte(in: sample.span) else { return .utf8 }
        // The sample may end inside a character; one wrong byte among sound ones is damage, many are another encoding.
        if sample.count - invalid < 4 { return .utf8 }
        var (good, bad) = (0, 0)
        var index = 0
        while index < sample.count {
            let rest = sample.span.extracting(index..<sample.count)
            guard let next = UTF8Check.firstInvalidByte(in: rest) else {
                good += rest.count - asciiCount(rest)
                break
            }
            let sound = rest.extracting(0..<next)
            good += sound.count - asciiCount(sound)
            bad += 1
            index += next + 1
        }
        return bad * 10 < good ? .utf8 : nil
    }

    private static func asciiCount(_ text: Span<UInt8>) -> Int {
        var count = 0
        for index in text.indices where text[index] < 0x80 { count += 1 }
        return count
    }
}
