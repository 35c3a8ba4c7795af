import BillingValues

/// The order of findings in every report: by subscription id (bytes), first day of the period, rule.
///
/// Findings without a period come first. Those on numbers without a subscription, and on references without a charge, are
/// ordered by these; what is still equal keeps its order.
public enum DiscrepancyOrder {
    private struct SortKey {
        let first: UInt64
        let second: UInt64
        let periodStart: Int32
        /// The row of the subscription, -1 where there is none.
        let row: Int32
        let part: Int32
        let place: Int32
    }

    /// The findings in report order.
    ///
    /// O(n log n); ids of up to 16 bytes are compared as two words.
    public static func sorted(_ discrepancies: [Discrepancy], subscriptions: Subscriptions) -> [Discrepancy] {
        sorted(parts: [discrepancies], subscriptions: subscriptions)
    }

    /// Puts findings into report order where they stand.
    ///
    /// O(n log n) comparisons and O(n) moves.
    static func sort(_ discrepancies: inout [Discrepancy], subscriptions: Subscriptions) {
        var sources = keys(of: [discrepancies], subscriptions: subscriptions).map { Int($0.place) }
        // Each cycle of the order is moved along once; in an array that would copy what changes places.
        var discrepancies = discrepancies.mutableSpan
        for start in sources.indices {
            var place = start
            while sources[place] != start {
                let source = sources[place]
                discrepancies.swapAt(place, source)
                sources[place] = place
                place = source
            }
            sources[place] = place
        }
    }

    /// The findings of several parts in report order; parts that are sorted already are merged.
    ///
    /// O(n log n), and O(n log of the parts) for sorted ones.
    public static func sorted(parts: consuming [[Discrepancy]], subscriptions: Subscriptions) -> [Discrepancy] {
        let keys = keys(of: parts, subscriptions: subscriptions)
        // Each finding changes places with one that holds nothing: copies would count references up and down.
        let nothing = Discrepancy(
            rule: .undecided, subject: .subscription(row: 0), period: nil, dueOn: nil, expected: nil, charged: nil,
            currency: nil, confidence: .low, charges: [], reason: "")
        var sorted = Array(repeating: nothing, count: keys.count)
        for (place, key) in keys.enumerated() { swap(&sorted[place], &parts[Int(key.part)][Int(key.place)]) }
        return sorted
    }

    /// What the findings are ordered by, in report order.
    private static func keys(of parts: [[Discrepancy]], subscriptions: Subscriptions) -> [SortKey] {
        var keys: [SortKey] = []
        keys.reserveCapacity(parts.reduce(0) { $0 + $1.count })
        for (part, discrepancies) in parts.enumerated() {
            for place in discrepancies.indices {
                let subject = discrepancies[place].subject
                let key = key(of: subject, subscriptions)
                var row: Int32 = -1
                if case .subscription(let number) = subject { row = Int32(truncatingIfNeeded: number) }
                keys.append(
                    SortKey(
                        first: key.low.byteSwapped, second: key.high.byteSwapped,
                        periodStart: discrepancies[place].period?.start.dayNumber ?? .min, row: row,
                        part: Int32(part), place: Int32(place)))
            }
        }
        keys.sort { left, right in
            if left.first != right.first { return left.first < right.first }
            if left.second != right.second { return left.second < right.second }
            // Of one row the ids need no look, and neither finding is copied.
            if left.row < 0 || left.row != right.row {
                let one = parts[Int(left.part)][Int(left.place)].subject
                let other = parts[Int(right.part)][Int(right.place)].subject
                if one != other {
                    let (oneName, otherName) = (subscriptions.identifier(one), subscriptions.identifier(other))
                    if oneName != otherName { return oneName.lexicographicallyPrecedes(otherName) }
                    let (oneText, otherText) = (one.text, other.text)
                    if oneText != otherText { return oneText.lexicographicallyPrecedes(otherText) }
                }
            }
            if left.periodStart != right.periodStart { return left.periodStart < right.periodStart }
            let one = parts[Int(left.part)][Int(left.place)].rule
            let other = parts[Int(right.part)][Int(right.place)].rule
            return one != other ? one < other : (left.part, left.place) < (right.part, right.place)
        }
        return keys
    }

    private static func key(of subject: Discrepancy.Subject, _ subscriptions: Subscriptions) -> SubscriptionKey {
        switch subject {
        case .subscription(let row): subscriptions.rows[row].key
        case .stranger(let name): SubscriptionKey(bytes: name)
        case .number, .reference: .empty
        }
    }
}

extension Subscriptions {
    /// The id that a finding is about.
    public func identifier(_ subject: Discrepancy.Subject) -> [UInt8] {
        switch subject {
        case .subscription(let row): subscriptionIdentifier(row)
        case .stranger(let name): name
        case .number, .reference: []
        }
    }
}

extension Discrepancy.Subject {
    /// What a finding on nobody's subscription is ordered by.
    fileprivate var text: [UInt8] {
        switch self {
        case .number(let text), .reference(let text): text
        case .subscription, .stranger: []
        }
    }
}
