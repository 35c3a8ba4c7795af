import BillingValues

/// A renewal that the billing run missed: never charged, or caught up late.
struct MissedRenewal: Sendable {
    /// The row of the subscription.
    let row: Int32
    /// The number of its cell.
    let cell: Int32
    /// The due day, counted from the first day of the window.
    let day: Int32
    /// The day of the late charge, counted alike; nil where nothing was charged.
    let chargedDay: Int32?
    /// The price in minor units.
    let amount: Int64

    /// The missed renewals among findings, in their order: the uncharged ones, and apart from them the late ones.
    ///
    /// O(findings).
    static func all(
        in discrepancies: [Discrepancy], of table: Subscriptions, calendar: DueCalendar
    ) -> (uncharged: [MissedRenewal], late: [MissedRenewal]) {
        var (uncharged, late): ([MissedRenewal], [MissedRenewal]) = ([], [])
        let first = table.window.from
        // Looked at in place: a copy of each would count references up and down.
        let discrepancies = discrepancies.span
        for place in discrepancies.indices {
            let isLate = discrepancies[place].rule == .chargedLate
            guard isLate || discrepancies[place].rule == .unchargedRenewal,
                case .subscription(let row) = discrepancies[place].subject, let dueOn = discrepancies[place].dueOn,
                let cell = calendar.cells.number(of: RenewalCell(row, of: table, by: calendar.dimensions))
            else { continue }
            let paidOn = discrepancies[place].paidOn
            let day = dueOn.days(since: first)
            guard day >= 0, day < calendar.days, !isLate || paidOn != nil else { continue }
            let missed = MissedRenewal(
                row: Int32(truncatingIfNeeded: row), cell: Int32(truncatingIfNeeded: cell),
                day: Int32(truncatingIfNeeded: day),
                chargedDay: isLate ? paidOn.map { Int32(truncatingIfNeeded: $0.days(since: first)) } : nil,
                amount: discrepancies[place].expected ?? 0)
            if isLate { late.append(missed) } else { uncharged.append(missed) }
        }
        return (uncharged, late)
    }
}
