/// Makes the two events of a record: the one that begins it, and the one that ends it where it has an end.
///
/// Whoever reads the file pairs events by their keys, so a beginning that waits for an end forbids any later record of
/// the same key: its end would be taken for that of the waiting one.
struct EventPairEncoder: Sendable {
    private let key: [Int]
    private let time: Int
    private let seconds: Int
    private let beginning: PlannedCondition
    private let end: PlannedCondition
    private let layout: PlannedCondition?
    /// What each field of an end holds; nil where it holds what the beginning does.
    private let ofEnd: [[UInt8]?]

    /// The keys of the records since the last `takeKeys`, and those among them that wait.
    private(set) var keys = WrittenKeys()
    /// The keys of records before them that wait.
    var waiting: Set<[UInt8]> = []

    /// The values of the end of the record that was made last, as ranges of `endText`.
    private(set) var endValues: [ValueRange] = []
    private(set) var endText: [UInt8] = []

    /// An encoder of a plan whose records are pairs; nil for any other.
    init?(_ plan: WritingPlan) {
        guard case .delimited(let records, _, _) = plan.form.kind, let pairs = records.pairs,
            let time = plan.number(of: pairs.time), let seconds = plan.number(of: EventPairs.seconds)
        else { return nil }
        let key = pairs.key.compactMap { plan.number(of: $0) }
        guard key.count == pairs.key.count else { return nil }
        (self.key, self.time, self.seconds) = (key, time, seconds)
        var names = SourceNames()
        for field in plan.fields { _ = names.number(field) }
        beginning = PlannedCondition(pairs.beginning, &names)
        end = PlannedCondition(pairs.end, &names)
        let own = records.layouts.first { plan.form.columns == $0.columns + [EventPairs.seconds] }?.condition
        layout = own.map { PlannedCondition($0, &names) }
        let stated = end.stated
        let fed = Set(plan.ways.joined().flatMap(\.filled))
        ofEnd = plan.fields.indices.map { field in
            if let text = stated[field] { return text }
            return key.contains(field) || field == time ? nil : fed.contains(field) ? [] : plan.constants[field]
        }
    }

    /// Hands out the keys and goes on without them.
    mutating func takeKeys() -> WrittenKeys {
        defer { keys = WrittenKeys() }
        return keys
    }

    /// What became of a record.
    enum Outcome {
        /// It begins and has no end that is known.
        case beginning
        /// It has an end: `endValues` of `endText`.
        case pair
        /// Its events would not be found again.
        case refused(FieldRefusal)
    }

    /// Makes the end of a record whose values are those of its beginning.
    mutating func make(_ values: [ValueRange], _ text: Span<UInt8>) -> Outcome {
        guard beginning.holds(text, values) else {
            return .refused(
                FieldRefusal(field: nil, expected: "\(beginning.wording), with which a record of the format begins"))
        }
        var own: [UInt8] = []
        for (place, field) in key.enumerated() {
            if place > 0 { own.append(0x1F) }
            let value = text.extracting(values[field].range)
            guard !value.isEmpty else {
                return .refused(
                    FieldRefusal(field: field, expected: "a text, by which the events of a record are found"))
            }
            for index in value.indices { own.append(value[index]) }
        }
        guard let start = Self.number(text.extracting(values[time].range)) else {
            return .refused(FieldRefusal(field: time, expected: "a time in seconds since 1970"))
        }
        if waiting.contains(own) || keys.waiting.contains(own) {
            return .refused(
                FieldRefusal(
                    field: key.first,
                    expected: "an id that no record before it has whose end is not known: their events would be mixed"))
        }
        guard !values[seconds].range.isEmpty else {
            keys.all.insert(own)
            keys.waiting.insert(own)
            return .beginning
        }
        guard let length = Self.number(text.extracting(values[seconds].range)),
            case let (moment, isTooLate) = start.addingReportingOverflow(length), !isTooLate
        else { return .refused(FieldRefusal(field: seconds, expected: "a number of whole seconds")) }
        makeEnd(values, text, at: moment)
        guard end.holds(endText.span, endValues), !beginning.holds(endText.span, endValues),
            layout?.holds(endText.span, endValues) ?? true
        else {
            return .refused(
                FieldRefusal(field: nil, expected: "\(end.wording), with which a record of the format ends"))
        }
        keys.all.insert(own)
        return .pair
    }

    private mutating func makeEnd(_ values: [ValueRange], _ text: Span<UInt8>, at moment: Int64) {
        endText.removeAll(keepingCapacity: true)
        endValues.removeAll(keepingCapacity: true)
        for field in values.indices {
            let start = endText.count
            if field == time {
                endText += "\(moment)".utf8
            } else if let stated = ofEnd[field] {
                endText += stated
            } else {
                let value = text.extracting(values[field].range)
                for index in value.indices { endText.append(value[index]) }
            }
            endValues.append(ValueRange(start..<endText.count))
        }
    }

    /// A whole number as it is written: digits without zeros in front.
    private static func number(_ text: Span<UInt8>) -> Int64? {
        guard text.count > 0, text.count <= 18, text.count == 1 || text[0] != UInt8(ascii: "0") else { return nil }
        var number: Int64 = 0
        for index in text.indices {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            number = number * 10 + Int64(digit)
        }
        return number
    }
}

/// The keys of records that become several lines each.
public struct WrittenKeys: Sendable {
    /// Those of all records.
    var all: Set<[UInt8]> = []

    /// Those of records of which lines may still come.
    var waiting: Set<[UInt8]> = []
}

extension PlannedCondition {
    /// The one text that a field must hold for the condition, by fields.
    fileprivate var stated: [Int: [UInt8]] {
        switch self {
        case .isOne(let field, let texts): texts.count == 1 ? [field: texts[0]] : [:]
        case .all(let conditions):
            conditions.reduce(into: [:]) { all, part in all.merge(part.stated, uniquingKeysWith: { first, _ in first })
            }
        default: [:]
        }
    }
}
