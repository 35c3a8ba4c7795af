/// Ranges of Unicode scalars as sequences of ranges of UTF-8 bytes.
enum UTF8Ranges {
    /// The sequences whose bytes are the scalars of a range, surrogates left out.
    static func of(_ range: ClosedRange<UInt32>) -> [[ClosedRange<UInt8>]] {
        var result: [[ClosedRange<UInt8>]] = []
        // Scalars of one length each, and none of the surrogates.
        for part in [0...0x7F, 0x80...0x7FF, 0x800...0xD7FF, 0xE000...0xFFFF, 0x10000...0x10FFFF]
            as [ClosedRange<UInt32>]
        {
            let low = max(range.lowerBound, part.lowerBound)
            let high = min(range.upperBound, part.upperBound)
            if low <= high { append(bytes(low), bytes(high), to: &result) }
        }
        return result
    }

    /// The bytes of a scalar.
    private static func bytes(_ scalar: UInt32) -> [UInt8] {
        func tail(_ shift: UInt32) -> UInt8 { 0x80 | UInt8(truncatingIfNeeded: scalar >> shift & 0x3F) }
        switch scalar {
        case ..<0x80: return [UInt8(scalar)]
        case ..<0x800: return [0xC0 | UInt8(truncatingIfNeeded: scalar >> 6), tail(0)]
        case ..<0x10000: return [0xE0 | UInt8(truncatingIfNeeded: scalar >> 12), tail(6), tail(0)]
        default: return [0xF0 | UInt8(truncatingIfNeeded: scalar >> 18), tail(12), tail(6), tail(0)]
        }
    }

    /// Appends the sequences between two of one length: those with the first lead byte, whole ones, those with the last.
    private static func append(_ low: [UInt8], _ high: [UInt8], to result: inout [[ClosedRange<UInt8>]]) {
        if low.count == 1 {
            result.append([low[0]...high[0]])
            return
        }
        let least = [UInt8](repeating: 0x80, count: low.count - 1)
        let most = [UInt8](repeating: 0xBF, count: low.count - 1)
        let (lowTail, highTail) = (Array(low.dropFirst()), Array(high.dropFirst()))
        func append(_ lead: UInt8, _ from: [UInt8], _ to: [UInt8]) {
            var tails: [[ClosedRange<UInt8>]] = []
            UTF8Ranges.append(from, to, to: &tails)
            result += tails.map { [lead...lead] + $0 }
        }
        if low[0] == high[0] { return append(low[0], lowTail, highTail) }
        var first = low[0]
        if lowTail != least {
            append(low[0], lowTail, most)
            first += 1
        }
        let last = highTail == most ? high[0] : high[0] - 1
        if first <= last { result.append([first...last] + least.map { _ in 0x80...0xBF }) }
        if last != high[0] { append(high[0], least, highTail) }
    }
}
