import BillingRecords
public import BillingValues

/// One account that was not charged for many periods in a row, while others like it were.
public struct ParkedAccount: Hashable, Sendable {
    /// The row of the subscription.
    public let row: Int

    /// The day on which the first missed renewal of the row of misses was due.
    public let firstDay: CivilDate

    /// The day on which the last one was due.
    public let lastDay: CivilDate

    /// How many renewals in a row were missed.
    public let uncharged: Int

    /// The money of them.
    public let amount: Money
}

extension ParkedAccount {
    /// The fewest misses in a row that chance does not explain.
    ///
    /// So many that, at a background rate of misses, one in 10,000 audits of so many renewals has such a row
    /// anywhere; at least three.
    static func fewestInARow(due: Int, background: Double) -> Int {
        let rate = min(max(background, 0.001), 0.3)
        let steps = naturalLogarithm(Double(max(1, due)) * 10_000) / -naturalLogarithm(rate)
        return max(3, Int(steps.rounded(.up)))
    }

    /// The account of one subscription that misses at least `fewest` renewals in a row; `missed` are its misses that
    /// no incident explains, oldest first.
    ///
    /// Nil when it has no such row.
    init?(_ missed: ArraySlice<MissedRenewal>, of table: Subscriptions, fewest: Int) {
        guard missed.count >= fewest, let row = missed.first.map({ Int($0.row) }),
            let schedule = table.schedule(row)
        else { return nil }
        // A line with a timeline may be collected on other days than its cycles begin.
        let dueDays = table.timeline(row)?.dueRenewals.map(\.dueOn)
        var nextDue = 0
        var run: [(index: Int, renewal: MissedRenewal)] = []
        var longest: [(index: Int, renewal: MissedRenewal)] = []
        for renewal in missed {
            guard let day = table.window.from.adding(days: Int(renewal.day)) else { continue }
            let index: Int?
            if let dueDays {
                index = dueDays[nextDue...].firstIndex(of: day)
                nextDue = index.map { $0 + 1 } ?? nextDue
            } else {
                index = schedule.index(startingOn: day)
            }
            guard let index else { continue }
            if let last = run.last, last.index + 1 != index { run = [] }
            run.append((index, renewal))
            if run.count > longest.count { longest = run }
        }
        guard longest.count >= fewest, let first = longest.first, let last = longest.last,
            let firstDay = table.window.from.adding(days: Int(first.renewal.day)),
            let lastDay = table.window.from.adding(days: Int(last.renewal.day)),
            let sum = Int64(exactly: longest.reduce(Int128(0)) { $0 + Int128($1.renewal.amount) })
        else { return nil }
        self.init(
            row: row, firstDay: firstDay, lastDay: lastDay, uncharged: longest.count,
            amount: Money(minorUnits: sum, currency: schedule.terms.price.currency))
    }
}
