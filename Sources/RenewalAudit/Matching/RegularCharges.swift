import BillingRecords

/// Tells which due renewal a charge settles all by itself, from the row of its subscription alone.
struct RegularCharges: Sendable {
    /// How many days before its due day and after it a renewal may be charged.
    private let daysBefore: Int32
    private let daysAfter: Int32

    /// Charges are regular within the grace of a policy.
    init(policy: MatchingPolicy) {
        daysBefore = Int32(clamping: policy.graceDaysBefore)
        daysAfter = Int32(clamping: policy.graceDaysAfter)
    }

    /// The due renewal that a charge settles all by itself; nil if it is not that regular.
    @inline(__always)
    func renewal(settledBy charge: ChargeRecord, of row: SubscriptionRow) -> RegularRenewal? {
        guard charge.kind == .renewal, charge.status == .posted, charge.amount == row.price,
            charge.currency == row.currency, charge.amount > 0, let cycle = cycle(paidBy: charge, row)
        else { return nil }
        let due = cycle.index &- row.firstDueIndex
        guard due >= 0, due < Int32(truncatingIfNeeded: row.dueCount) else { return nil }
        return RegularRenewal(place: Int(due), daysAfterDue: cycle.daysAfterDue)
    }

    /// The cycle that a charge pays for on time, by its period or, without one, by its day.
    @inline(__always)
    private func cycle(paidBy charge: ChargeRecord, _ row: SubscriptionRow) -> (index: Int32, daysAfterDue: Int32?)? {
        guard charge.periodStart.isPresent else {
            guard charge.periodEndDay == .min else { return nil }
            guard let cycle = row.cycle(dueNear: charge.chargedOn, before: daysBefore, after: daysAfter) else {
                return nil
            }
            return (cycle.index, cycle.daysAfterDue)
        }
        let days = charge.chargedOn.dayNumber &- charge.periodStart.dayNumber
        guard days >= 0 &- daysBefore, days <= daysAfter, let cycle = row.cycleIndex(startingOn: charge.periodStart),
            charge.periodEndDay == .min
                || charge.periodEndDay == row.lastDay(ofCycleStartingOn: charge.periodStart)
        else { return nil }
        return (cycle, nil)
    }
}

/// The due renewal that a charge settles all by itself.
struct RegularRenewal {
    /// Which of the due renewals of its row it is, counted from 0.
    var place: Int

    /// How many days after the due day a charge without a period was made; nil for one that states its period.
    var daysAfterDue: Int32?
}
