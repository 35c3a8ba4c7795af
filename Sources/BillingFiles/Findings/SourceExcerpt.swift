/// The line of a file around a finding, and which part of it is meant.
public struct SourceExcerpt: Hashable, Sendable {
    /// The line, or the part of a long one, fit to be shown: control characters are written as `\u{..}`.
    public let text: String

    /// How many characters of `text` stand before what is meant.
    public let before: Int

    /// How many characters of `text` are meant; at least 1, and more than `text` has at the end of a line.
    public let marked: Int

    /// The column of what is meant in Unicode scalars, from 1; nil on a line whose beginning is too far away.
    public let scalarColumn: Int?

    /// How many bytes of a line are shown before what is meant, and from there on.
    private static let bytesBefore = 48
    private static let bytesBehind = 72

    /// The excerpt of some bytes in UTF-8.
    ///
    /// - Parameters:
    ///   - bytes: bytes of the file around the place.
    ///   - offset: where in `bytes` what is meant begins.
    ///   - extent: how many bytes are meant; 0 for a point.
    ///   - startsFile: whether `bytes` begin with the file.
    /// - Returns: nil when the line is no UTF-8.
    init?(bytes: Span<UInt8>, offset: Int, extent: Int, startsFile: Bool) {
        guard offset >= 0, offset <= bytes.count else { return nil }
        var lineStart = offset
        while lineStart > 0, bytes[lineStart - 1] != 0x0A, bytes[lineStart - 1] != 0x0D { lineStart -= 1 }
        let seesStart = lineStart > 0 || startsFile
        var lineEnd = offset
        while lineEnd < bytes.count, bytes[lineEnd] != 0x0A, bytes[lineEnd] != 0x0D { lineEnd += 1 }
        if lineStart == 0, startsFile, lineEnd - lineStart >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF,
            offset >= 3
        {
            lineStart = 3
        }
        var first = max(lineStart, offset - Self.bytesBefore)
        while first > lineStart, first < offset, bytes[first] & 0xC0 == 0x80 { first += 1 }
        var last = min(lineEnd, offset + Self.bytesBehind)
        while last < lineEnd, last > offset, bytes[last] & 0xC0 == 0x80 { last -= 1 }
        let markEnd = min(last, offset + max(1, extent))
        guard let lead = Self.text(bytes, lineStart..<offset), let shownLead = Self.text(bytes, first..<offset),
            let meant = Self.text(bytes, offset..<max(offset, markEnd)),
            let rest = Self.text(bytes, max(offset, markEnd)..<max(last, markEnd))
        else { return nil }
        let ahead = (first > lineStart || !seesStart ? "..." : "") + VisibleText.of(shownLead.utf8)
        let mark = VisibleText.of(meant.utf8)
        text = ahead + mark + VisibleText.of(rest.utf8, limit: Self.bytesBehind) + (last < lineEnd ? "..." : "")
        before = ahead.count
        marked = max(1, mark.count)
        scalarColumn = seesStart ? lead.unicodeScalars.count + 1 : nil
    }

    private static func text(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String? {
        var copy: [UInt8] = []
        copy.reserveCapacity(range.count)
        for index in range { copy.append(bytes[index]) }
        return String(validating: copy, as: UTF8.self)
    }
}
