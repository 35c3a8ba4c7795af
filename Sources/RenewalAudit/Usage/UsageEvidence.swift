import BillingRecords
public import BillingValues

/// What the usage of all lines says about the renewals; it is asked once for each uncharged one, so it is not copied.
public final class UsageEvidence: Sendable {
    private let lines: UsedLines
    private let days: UsedDays
    private let linesByDay: [Int32]
    private let damagedRows: Set<Int>

    /// Usage of lines that had ended, by row.
    let ended: [Int: UsageSpan]

    /// The numbers without a subscription.
    public let strangers: StrangerUsages

    /// What became of the records.
    public let tally: UsageTally

    /// The evidence of a sieve that saw all records.
    public init(_ sieve: UsageSieve, strangers: StrangerUsages) {
        lines = sieve.lines
        days = sieve.days
        linesByDay = sieve.linesByDay
        damagedRows = sieve.damagedRows
        ended = sieve.ended
        tally = sieve.tally
        self.strangers = strangers
    }

    /// What is known of a line's usage in a period.
    public enum Use: Hashable, Sendable {
        /// It was used on so many days, from the first of them to the last.
        case used(days: Int, first: CivilDate, last: CivilDate)
        /// It was not used, while others were on so many days.
        case silent(othersOnDays: Int)
        /// The records tell nothing: there are none of these days, or the line has no number, or one of its records could
        /// not be read.
        case unknown
    }

    /// What is known of the usage of a row's line in a period.
    public func use(ofRow row: Int, in period: BillingPeriod) -> Use {
        guard lines.hasNumber(row) else { return .unknown }
        let used = days.days(ofRow: row, in: period)
        if let first = used.first.flatMap({ CivilDate(dayNumber: $0) }),
            let last = used.last.flatMap({ CivilDate(dayNumber: $0) })
        {
            return .used(days: used.count, first: first, last: last)
        }
        let (from, to) = (max(period.start.dayNumber, days.first), min(period.end.dayNumber, days.end - 1))
        guard from <= to, !damagedRows.contains(row) else { return .unknown }
        let others = (from...to).count { linesByDay[Int($0 - days.first)] > 0 }
        return others > 0 ? .silent(othersOnDays: others) : .unknown
    }

    /// Lets usage speak for or against an uncharged renewal; other findings stay as they are.
    ///
    /// Usage in the period makes the finding `confirmed`: the line was active, so the renewal was due. None at all, while
    /// other lines were used in these days, lowers it to `medium`: the line may have been suspended or given up without an
    /// event.
    func weigh(_ discrepancy: inout Discrepancy) {
        guard discrepancy.rule == .unchargedRenewal, case .subscription(let row) = discrepancy.subject,
            let period = discrepancy.period
        else { return }
        switch use(ofRow: row, in: period) {
        case .used(let days, let first, let last):
            discrepancy.confidence = .confirmed
            discrepancy.reason += "; " + Self.words(usedOn: days, first, last)
        case .silent(let others):
            discrepancy.confidence = .medium
            discrepancy.reason +=
                "; no service was used in this period, while other lines used it on \(others) of its days"
        case .unknown: break
        }
    }

    /// The days on which service was used, in words.
    public static func words(usedOn days: Int, _ first: CivilDate, _ last: CivilDate) -> String {
        days == 1 ? "service was used on \(first)" : "service was used on \(days) days from \(first) to \(last)"
    }
}
