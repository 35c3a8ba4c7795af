/// Writes rows of our columns from the values of foreign records.
///
/// A value that cannot be read is written as it stands, with a mark, and noted, so that whoever reads the row refuses it with its
/// place: nothing becomes zero, and no row is lost. To be used by one thread; each has its own.
public struct RecordMapper: Sendable {
    /// The plan.
    public let plan: MappingPlan

    /// Whether a value that means nothing is left empty instead of being written as it stands.
    var leavesMeaninglessEmpty = false

    /// How many values of each column were rounded since the last `takeRounded`.
    private var rounded: [Int]
    private var joined = RowText(reusing: [])

    // The ways of all columns one behind the other, and where those of each column end: an array a column would be
    // counted up and down for every value.
    private let ways: [PlannedWay]
    private let ends: [Int]

    /// A mapper.
    public init(_ plan: MappingPlan) {
        self.plan = plan
        ways = plan.ways.flatMap { $0 }
        var end = 0
        ends = plan.ways.map { ways in
            end += ways.count
            return end
        }
        rounded = Array(repeating: 0, count: plan.columns.count)
    }

    /// The reason for which a record is left out; nil where it is not.
    ///
    /// - Parameters:
    ///   - text: what the ranges are offsets in.
    ///   - values: where the value of each of `plan.sources` stands.
    func skipReason(_ text: Span<UInt8>, _ values: [ValueRange]) -> String? {
        for skip in plan.skips where skip.condition.holds(text, values) { return skip.reason }
        return nil
    }

    /// Appends the row of a record.
    ///
    /// - Parameters:
    ///   - record: the number of the row in its block.
    ///   - place: the offset of the record in its file.
    ///   - unmapped: takes the values that the profile has no meaning for.
    mutating func append(
        _ text: Span<UInt8>, _ values: [ValueRange], record: Int, place: UInt64, to row: inout RowText,
        unmapped: inout [UnmappedValue]
    ) {
        let (ways, ends) = (ways, ends)
        var next = 0
        for column in ends.indices {
            if column > 0 { row.append(UInt8(ascii: ",")) }
            let first = next
            next = ends[column]
            for number in first..<next {
                let way = ways[number]
                if way.isPlainText, let source = way.onlySource {
                    let range = values[source].range
                    if range.isEmpty { continue }
                    row.append(field: text.extracting(range))
                    break
                }
                if let condition = way.condition, !condition.holds(text, values) { continue }
                let outcome: Outcome
                if let source = way.onlySource {
                    let range = values[source].range
                    if range.isEmpty, !way.readsNothing { continue }
                    outcome = append(way, text.extracting(range), text, values, column, to: &row)
                } else {
                    outcome = appendJoined(way, text, values, column, place: place, to: &row)
                }
                switch outcome {
                case .empty: continue
                case .written: break
                case .unreadable:
                    unmapped.append(
                        UnmappedValue(
                            record: UInt32(truncatingIfNeeded: record), column: column, expected: way.expected))
                }
                break
            }
        }
        row.append(UInt8(ascii: "\n"))
    }

    /// How many values of each column were rounded since the last call.
    mutating func takeRounded() -> [String: Int] {
        var counts: [String: Int] = [:]
        for column in rounded.indices where rounded[column] > 0 {
            counts[plan.columns[column]] = rounded[column]
            rounded[column] = 0
        }
        return counts
    }

    private enum Outcome {
        case written
        case empty
        /// It was written as it stands, and means nothing.
        case unreadable
    }

    private mutating func appendJoined(
        _ way: PlannedWay, _ text: Span<UInt8>, _ values: [ValueRange], _ column: Int, place: UInt64,
        to row: inout RowText
    ) -> Outcome {
        // Nobody else holds the bytes while they are filled, or they would be copied.
        var whole = RowText(reusing: [])
        swap(&whole, &joined)
        whole.cut(to: 0)
        defer { swap(&whole, &joined) }
        var (sources, found) = (0, 0)
        for part in way.parts {
            switch part {
            case .constant(let constant): whole.append(constant.span)
            case .place: whole.append(number: place, atLeast: 1)
            case .source(let number):
                sources += 1
                let range = values[number].range
                if !range.isEmpty { found += 1 }
                whole.append(text.extracting(range))
            }
        }
        if sources > 0, found == 0 { return .empty }
        return append(way, whole.bytes.span.extracting(0..<whole.count), text, values, column, to: &row)
    }

    @inline(__always)
    private mutating func append(
        _ way: PlannedWay, _ value: Span<UInt8>, _ text: Span<UInt8>, _ values: [ValueRange], _ column: Int,
        to row: inout RowText
    ) -> Outcome {
        guard way.isTrimmed else { return convert(way, value, text, values, column, to: &row) }
        if way.trimming.decodesPercents {
            guard let decoded = PercentText.decoded(value) else {
                appendMeaningless(value, to: &row)
                return .unreadable
            }
            return appendTrimmed(way, decoded.span, text, values, column, to: &row)
        }
        return appendTrimmed(way, value, text, values, column, to: &row)
    }

    private mutating func appendTrimmed(
        _ way: PlannedWay, _ value: Span<UInt8>, _ text: Span<UInt8>, _ values: [ValueRange], _ column: Int,
        to row: inout RowText
    ) -> Outcome {
        let counts = way.trimming.range(of: value)
        let trimmed = value.extracting(counts)
        if way.nothing.contains(where: { $0.span.isSame(as: trimmed) }) { return .empty }
        if trimmed.isEmpty, !way.readsNothing { return .empty }
        return convert(way, trimmed, text, values, column, to: &row)
    }

    @inline(__always)
    private mutating func convert(
        _ way: PlannedWay, _ value: Span<UInt8>, _ text: Span<UInt8>, _ values: [ValueRange], _ column: Int,
        to row: inout RowText
    ) -> Outcome {
        var isRounded = false
        let start = row.count
        guard way.conversion.append(value, text, values, to: &row, isRounded: &isRounded) else {
            row.cut(to: start)
            appendMeaningless(value, to: &row)
            return .unreadable
        }
        if isRounded { rounded[column] += 1 }
        return .written
    }

    /// Appends a value as it stands behind a mark, with which it is no value of ours.
    private func appendMeaningless(_ value: Span<UInt8>, to row: inout RowText) {
        if leavesMeaninglessEmpty { return }
        var marked = [UnmappedValue.mark]
        for index in value.indices { marked.append(value[index]) }
        row.append(field: marked.span)
    }
}

extension ValueTrimming {
    /// The part of a text that counts.
    func range(of text: Span<UInt8>) -> Range<Int> {
        var (start, end) = (0, text.count)
        func cutBlanks() {
            while start < end, Self.isBlank(text[start]) { start += 1 }
            while start < end, Self.isBlank(text[end - 1]) { end -= 1 }
        }
        if trims { cutBlanks() }
        if let after, let place = (start..<end).first(where: { text[$0] == after }) { start = place + 1 }
        if let before, let place = (start..<end).first(where: { text[$0] == before }) { end = place }
        if trims { cutBlanks() }
        return start..<end
    }

    @inline(__always)
    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}

/// Texts in which `%20` and the like stand for bytes.
enum PercentText {
    /// The bytes that are meant; nil where a `%` has no two hexadecimal digits behind it, or UTF-8 is broken.
    static func decoded(_ text: Span<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var index = 0
        while index < text.count {
            if text[index] == UInt8(ascii: "%") {
                guard index + 2 < text.count, let high = digit(text[index + 1]), let low = digit(text[index + 2])
                else { return nil }
                bytes.append(high << 4 | low)
                index += 3
            } else {
                bytes.append(text[index])
                index += 1
            }
        }
        return String(validating: bytes, as: UTF8.self) == nil ? nil : bytes
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
