public import BillingRecords
public import BillingValues

/// What became of one charge, by what its export says and what banks say of it.
///
/// Results are taken day by day; on one day acceptance comes before booking, and booking before a return. Accepted is
/// not collected: it undoes no booking, and only behind a refusal it says that the charge is under way once more. A
/// refusal on a later day than the booking is a return that the bank tells as a refusal. What the export says holds where
/// the results say nothing final. Results that have the same day and meaning in several files are one.
public struct CollectionHistory: Hashable, Sendable {
    /// Why nobody can tell what became of a charge.
    public enum Contradiction: String, CaseIterable, Sendable {
        /// A result is in another currency than the charge.
        case currency
        /// A result states another amount than the charge has.
        case amount
        /// A row of the results was rejected for a value.
        case unreadable
        /// Several charges have the id.
        case sharedIdentifier = "shared_id"
        /// It was booked more than once without a return between.
        case bookedTwice = "booked_twice"
        /// It was refused and booked on one day.
        case order
        /// The export says that it failed, and the bank says that it was booked and never that it failed.
        case exportedAsFailed = "exported_as_failed"

        /// The contradiction, in words.
        public var words: String {
            switch self {
            case .currency: "a result is in another currency than the charge"
            case .amount: "a result states another amount than the charge"
            case .unreadable: "a result could not be read"
            case .sharedIdentifier: "several charges have the id that the results name"
            case .bookedTwice: "it was booked more than once without a return between"
            case .order: "it was refused and booked on the same day"
            case .exportedAsFailed: "the export says that it failed, and the bank that it was booked"
            }
        }
    }

    /// What became of the charge; `.pending` where nobody can tell.
    public private(set) var status: ChargeStatus

    /// Why nobody can tell; nil where everybody can.
    public private(set) var contradiction: Contradiction?

    /// The place among the results of the one that decides; nil where the export does.
    public private(set) var deciding: Int?

    /// Judges a charge.
    ///
    /// O(n log n) in the results.
    ///
    /// - Parameters:
    ///   - exported: what the export says of it.
    ///   - amount: what it takes, or gives back, in its currency; nil where that is not known, and the results need only
    ///     agree with each other.
    ///   - results: in any order; that of files and lines decides nothing.
    public init(exported: ChargeStatus, amount: Money?, results: [BankResult]) {
        status = exported
        if let contradiction = Self.differences(amount, results) {
            (status, self.contradiction) = (.pending, contradiction)
            return
        }
        var walk = Walk()
        for day in Self.days(results) where walk.contradiction == nil { walk.take(day) }
        if walk.contradiction == nil, walk.status == .posted, exported == .failed, !walk.sawFailure {
            walk.contradiction = .exportedAsFailed
        }
        guard walk.contradiction == nil else {
            (status, contradiction) = (.pending, walk.contradiction)
            return
        }
        // What gave the money back once more the export alone knows.
        guard let last = walk.status, !(last == .posted && exported == .reversed && !walk.sawFailure) else { return }
        status = last == .failed && exported == .reversed ? .reversed : last
        deciding = walk.deciding
    }

    /// Marks a charge of which nobody can tell for a reason outside of its results.
    public init(_ contradiction: Contradiction) {
        (status, self.contradiction) = (.pending, contradiction)
    }

    private static func differences(_ amount: Money?, _ results: [BankResult]) -> Contradiction? {
        if results.contains(where: { $0.status == nil || $0.decidedOn == nil }) { return .unreadable }
        let stated = results.compactMap(\.amount)
        guard let amount = amount ?? stated.first else { return nil }
        if stated.contains(where: { $0.currency != amount.currency }) { return .currency }
        let magnitude = amount.minorUnits.magnitude
        return stated.contains { $0.minorUnits.magnitude != magnitude } ? .amount : nil
    }

    /// How often each thing happened on one day, and the place of a result that says so.
    private struct Day {
        var date: CivilDate
        var counts: [ChargeStatus: Int] = [:]
        var places: [ChargeStatus: Int] = [:]

        func has(_ status: ChargeStatus) -> Bool { counts[status, default: 0] > 0 }
    }

    /// The days in their order; of what several files say each the most that one of them says counts.
    private static func days(_ results: [BankResult]) -> [Day] {
        struct Key: Hashable {
            let date: CivilDate
            let status: ChargeStatus
            let file: Int
        }
        var counts: [Key: Int] = [:]
        var days: [CivilDate: Day] = [:]
        for (place, result) in results.enumerated() {
            guard let date = result.decidedOn, let status = result.status else { continue }
            let count = counts[Key(date: date, status: status, file: result.file), default: 0] + 1
            counts[Key(date: date, status: status, file: result.file)] = count
            var day = days[date] ?? Day(date: date)
            day.counts[status] = max(day.counts[status, default: 0], count)
            if day.places[status] == nil { day.places[status] = place }
            days[date] = day
        }
        return days.values.sorted { $0.date < $1.date }
    }

    /// The way through the days.
    private struct Walk {
        var status: ChargeStatus?
        var deciding: Int?
        var sawFailure = false
        var contradiction: Contradiction?

        mutating func take(_ day: Day) {
            let wasBooked = status == .posted
            if day.has(.pending), status == .failed || status == .reversed { become(.pending, day) }
            if day.has(.posted) {
                if day.has(.failed) {
                    contradiction = .order
                } else if wasBooked || day.counts[.posted, default: 0] > 1 {
                    contradiction = .bookedTwice
                }
                become(.posted, day)
            }
            if day.has(.failed) {
                sawFailure = true
                if status != .reversed { become(wasBooked ? .reversed : .failed, day, as: .failed) }
            }
            if day.has(.reversed) {
                sawFailure = true
                become(.reversed, day)
            }
        }

        private mutating func become(_ next: ChargeStatus, _ day: Day, as said: ChargeStatus? = nil) {
            status = next
            deciding = day.places[said ?? next]
        }
    }
}
