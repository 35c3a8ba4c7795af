/// A way back from a value of ours to the fields of a foreign record.
///
/// A class, for ways are looked at for every record: a structure would be copied with all that it holds.
final class WritingWay: Sendable {
    /// For which records the way is; nil for all.
    let condition: PlannedCondition?

    /// The fields that take the parts of the text, in their order; none where the profile states the value.
    let fields: [Int]

    /// The texts before the first field, between any two, and behind the last one.
    let constants: [[UInt8]]

    /// Whether bytes are written as `%20` and the like.
    let encodesPercents: Bool

    /// What the text means.
    let conversion: InverseConversion

    /// What a person reads of a value that has no way back.
    let expected: String

    /// The way back of a way, or why there is none.
    ///
    /// - Parameters:
    ///   - splitsFromBehind: whether a text is taken apart from behind.
    ///   - elements: the names of elements that are written, where the name of one is a field.
    static func make(
        _ way: ValueWay, column: String, splitsFromBehind: Bool = false, elements: [String]? = nil,
        _ names: inout SourceNames
    ) -> Result<WritingWay, WritingRefusal> {
        var fields: [Int] = []
        var constants: [[UInt8]] = [[]]
        for part in way.parts {
            switch part {
            case .constant(let text): constants[constants.count - 1] += text.utf8
            case .source("position()"), .place:
                return .failure(
                    WritingRefusal(
                        column: column, "the format has no field for it: it is the place in the file", isPlace: true))
            case .source(let name):
                fields.append(names.number(name))
                constants.append([])
            }
        }
        guard Set(fields).count == fields.count else {
            return .failure(WritingRefusal(column: column, "one field makes up several parts of it"))
        }
        if constants.dropFirst().dropLast().contains(where: \.isEmpty) {
            return .failure(
                WritingRefusal(column: column, "nothing stands between the parts of it, so they cannot be told apart"))
        }
        var way = way
        if let elements, way.parts == [.source("name()")], case .words(var map) = way.conversion {
            map.words = map.words.filter { elements.contains($0.key) }
            way.conversion = .words(map)
        }
        return .success(
            WritingWay(
                way, column: column, fields: fields, constants: constants, splitsFromBehind: splitsFromBehind, &names))
    }

    private init(
        _ way: ValueWay, column: String, fields: [Int], constants: [[UInt8]], splitsFromBehind: Bool,
        _ names: inout SourceNames
    ) {
        self.splitsFromBehind = splitsFromBehind
        condition = way.condition.map { PlannedCondition($0, &names) }
        self.fields = fields
        self.constants = constants
        encodesPercents = way.trimming.decodesPercents
        conversion = InverseConversion(way.conversion, column: column, &names)
        filled = fields + (conversion.companion.map { [$0] } ?? [])
        isWhole = fields.count == 1 && constants.allSatisfy(\.isEmpty)
        expected =
            fields.isEmpty
            ? "'\(String(decoding: constants[0], as: UTF8.self))', which the format always means"
            : (conversion.expected ?? way.conversion.wording) + Self.wording(of: constants)
    }

    /// All fields that the way fills.
    let filled: [Int]

    /// Whether the text is taken apart from behind: the first part may hold what stands between any two.
    let splitsFromBehind: Bool

    /// Whether one field takes all of the text.
    let isWhole: Bool

    /// What stands around and between the parts of a text, in words.
    private static func wording(of constants: [[UInt8]]) -> String {
        guard constants.contains(where: { !$0.isEmpty }) else { return "" }
        let texts = constants.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "*")
        return ", written '\(texts)', where each * is a text of its own"
    }

    /// The fields that other columns fill and that the way depends on.
    var needed: Set<Int> {
        var all = Set(condition?.fields ?? [])
        if let currency = conversion.currencyField { all.insert(currency) }
        return all.subtracting(filled)
    }

    /// Where the parts of a text stand, in the order of the fields; nil where the text is not made of such parts, or
    /// could be in several ways.
    func parts(of text: Span<UInt8>) -> [Range<Int>]? {
        let (first, last) = (constants[0], constants[constants.count - 1])
        guard text.count >= first.count + last.count, text.extracting(first: first.count).isSame(as: first.span),
            text.extracting(last: last.count).isSame(as: last.span)
        else { return nil }
        if splitsFromBehind { return partsFromBehind(of: text) }
        var ranges: [Range<Int>] = []
        var start = first.count
        let end = text.count - last.count
        for between in constants.dropFirst().dropLast() {
            guard let place = text.place(of: between, in: start..<end) else { return nil }
            ranges.append(start..<place)
            start = place + between.count
        }
        if let between = constants.dropFirst().dropLast().last, text.place(of: between, in: start..<end) != nil {
            return nil
        }
        return ranges + [start..<end]
    }

    private func partsFromBehind(of text: Span<UInt8>) -> [Range<Int>]? {
        var ranges: [Range<Int>] = []
        let start = constants[0].count
        var end = text.count - constants[constants.count - 1].count
        for between in constants.dropFirst().dropLast().reversed() {
            guard let place = text.lastPlace(of: between, in: start..<end) else { return nil }
            ranges.insert((place + between.count)..<end, at: 0)
            end = place
        }
        return [start..<end] + ranges
    }
}

/// Why a profile is not written, or a column of it is not carried.
public struct WritingRefusal: Error, Hashable, Sendable {
    /// The column of ours; nil where it is about the format as a whole.
    public let column: String?

    /// Why, as a part of a sentence.
    public let reason: String

    /// Whether the format tells records apart by their places, so that whoever reads them gives them ids of his own.
    let isPlace: Bool

    /// A refusal.
    init(column: String? = nil, _ reason: String, isPlace: Bool = false) {
        self.column = column
        self.reason = reason
        self.isPlace = isPlace
    }
}

extension Span where Element == UInt8 {
    /// Where some bytes stand last in a range.
    func lastPlace(of bytes: [UInt8], in range: Range<Int>) -> Int? {
        guard !bytes.isEmpty, range.count >= bytes.count else { return nil }
        for start in (range.lowerBound...(range.upperBound - bytes.count)).reversed() {
            if extracting(start..<(start + bytes.count)).isSame(as: bytes.span) { return start }
        }
        return nil
    }

    /// Where some bytes stand first in a range.
    func place(of bytes: [UInt8], in range: Range<Int>) -> Int? {
        guard !bytes.isEmpty, range.count >= bytes.count else { return nil }
        for start in range.lowerBound...(range.upperBound - bytes.count) {
            if extracting(start..<(start + bytes.count)).isSame(as: bytes.span) { return start }
        }
        return nil
    }
}
