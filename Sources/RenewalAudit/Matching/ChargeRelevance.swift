import BillingRecords
import BillingValues

/// Which charges can bear on a renewal in the audit window at all.
///
/// Exports often reach years beyond the window. A charge is out of it when its stated period lies wholly outside,
/// with the grace on either side, or when it states none and was made before any renewal of the window was due.
/// Later charges without a period stay: they may be late payments. So do charges for time after the end, of which there
/// are few.
struct ChargeRelevance: Sendable {
    private let from: Int32
    private let to: Int32
    private let graceBefore: Int32
    private let graceAfter: Int32

    init(terms: AuditTerms) {
        from = terms.window.from.dayNumber
        to = terms.window.to.dayNumber
        graceBefore = Int32(clamping: terms.policy.graceDaysBefore)
        graceAfter = Int32(clamping: terms.policy.graceDaysAfter)
    }

    /// Whether a charge of a usable subscription must be kept.
    @inline(__always)
    func mayBear(_ charge: ChargeRecord, on row: SubscriptionRow) -> Bool {
        let start = charge.periodStart
        guard start.isPresent else { return charge.chargedOn.dayNumber >= from &- graceBefore }
        if start.dayNumber >= from && start.dayNumber < to { return true }
        // Money given back may be that of a charge after the end, wherever that stands.
        if start.dayNumber >= row.endedDay { return true }
        // Exactly another cycle of the subscription, and no more than it.
        if row.cycleIndex(startingOn: start) != nil,
            charge.periodEndDay == .min || charge.periodEndDay == row.lastDay(ofCycleStartingOn: start)
        {
            return false
        }
        // A period that is no cycle bears on the renewals whose days it covers and on those due near its first day. The
        // last renewal of the window covers days behind it, as many as a cycle has.
        let reach = row.cycle > 0 ? row.cycle : 31 &* (0 &- row.cycle)
        let end = charge.periodEndDay == .min ? start.dayNumber &+ reach : max(start.dayNumber, charge.periodEndDay)
        return end >= from &- graceBefore && start.dayNumber <= to &+ max(graceAfter, reach)
    }
}
