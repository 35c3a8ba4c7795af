import BillingRecords

/// Renewals of a line that follow each other, each due without any doubt, for a whole cycle and at one price.
///
/// A charge that states the period of one of them, and is right and on time, settles it all by itself.
struct UniformRenewals: PackedCycles, Sendable {
    let anchorDay: Int32
    let anchorMonthAndDay: UInt32
    let cycle: Int32

    /// The first of them, counted in cycles from the anchor.
    let firstIndex: Int32

    /// How many they are.
    var count: Int32

    /// The place of the first of them among the due renewals of the line.
    let firstPlace: Int32

    /// How many days after the first day of its period each of them is collected.
    let daysToCollection: Int32

    /// Whether the day of a charge without a period tells which of them it pays.
    let admitsDays: Bool

    /// The price in minor units.
    let amount: Int64

    /// The places among the due renewals.
    var places: Range<Int> { Int(firstPlace)..<Int(firstPlace + count) }

    /// The collection days, in their order.
    var collectionDays: some Sequence<Int32> {
        (firstIndex..<(firstIndex + count)).lazy.map { firstDay(ofCycle: $0) &+ daysToCollection }
    }

    /// The place of the renewal that a charge settles all by itself, and, if the charge states no period, the days from
    /// the due day to it; nil where it settles none of them.
    func place(settledBy charge: ChargeRecord, policy: MatchingPolicy) -> (place: Int, daysAfterDue: Int32?)? {
        guard charge.amount == amount, amount > 0 else { return nil }
        let before = Int32(clamping: policy.graceDaysBefore)
        let after = Int32(clamping: policy.graceDaysAfter)
        guard charge.periodStart.isPresent else {
            guard admitsDays, charge.periodEndDay == .min,
                let due = cycle(dueNear: charge.chargedOn, before: before, after: after)
            else { return nil }
            return place(ofCycle: due.index).map { ($0, due.daysAfterDue) }
        }
        let days = charge.chargedOn.dayNumber &- charge.periodStart.dayNumber &- daysToCollection
        guard days >= 0 &- before, days <= after, let index = cycleIndex(startingOn: charge.periodStart),
            charge.periodEndDay == .min
                || charge.periodEndDay == lastDay(ofCycleStartingOn: charge.periodStart)
        else { return nil }
        return place(ofCycle: index).map { ($0, nil) }
    }

    private func place(ofCycle index: Int32) -> Int? {
        let distance = index &- firstIndex
        return distance >= 0 && distance < count ? Int(firstPlace &+ distance) : nil
    }
}
