import BillingRecords
import BillingValues

/// A judged renewal that is due, before any charge is looked at.
struct DueRenewal: Sendable {
    /// The number of its cycle.
    let cycle: Int

    /// The period that it pays for.
    let period: BillingPeriod

    /// The day on which it is collected; its period's first day unless a billing calendar has another.
    let dueOn: CivilDate

    /// What is due in minor units.
    let amount: Int64

    /// Why it may not be due as it seems; empty unless events contradict each other.
    var doubts: [PeriodAccount.Doubt: [String]] = [:]
}

/// What the assignment of charges asks about the renewals of a line.
protocol RenewalCalendar {
    /// What the subscription's row says.
    var terms: RenewalTerms { get }

    /// The first cycle that is a renewal: 1, or 0 where a billing calendar collects the activation's period later.
    var firstRenewal: Int { get }

    /// The day from which on a rejected event may have changed what is due, or nil.
    var firstDoubtfulDay: CivilDate? { get }

    /// The judged renewals that are due, oldest first.
    var dueRenewals: [DueRenewal] { get }

    /// What set what is due for a cycle, if not the subscription's row, in words.
    func note(ofCycle index: Int) -> String?

    /// The place of a cycle among the due renewals, or nil.
    func place(ofCycle index: Int) -> Int?

    /// The period of a cycle, or nil beyond the calendar.
    func period(_ index: Int) -> BillingPeriod?

    /// The price of a cycle in minor units.
    func price(ofCycle index: Int) -> Int64

    /// The cycle that starts on a day, or nil.
    func index(startingOn date: CivilDate) -> Int?

    /// The cycle whose first day is nearest to a day and near enough, or nil.
    func index(nearestTo date: CivilDate, before: Int, after: Int) -> Int?

    /// The cycle whose collection day is nearest to a day and near enough, or nil.
    func index(dueNearestTo date: CivilDate, before: Int, after: Int) -> Int?

    /// The day on which a cycle is collected, or nil beyond the calendar.
    func dueDay(ofCycle index: Int) -> CivilDate?

    /// Why nothing is due for a cycle, or nil if it is due.
    func obstacle(ofCycle index: Int) -> Obstacle?

    /// Why nothing is due for a period that starts on a day, or nil if the line is active.
    func obstacle(on date: CivilDate) -> Obstacle?

    /// Whether a stated period of a cycle may end on this day although the cycle does not.
    func mayEnd(_ end: CivilDate, cycle index: Int) -> Bool

    /// The end that lies more than some days before a day, or nil.
    func end(moreThan days: Int, before date: CivilDate) -> Obstacle?

    /// A number of days that no period around a day is shorter than.
    func shortestLength(on date: CivilDate) -> Int
}

extension RenewalSchedule: RenewalCalendar {
    var firstRenewal: Int { 1 }
    var firstDoubtfulDay: CivilDate? { nil }

    var dueRenewals: [DueRenewal] {
        var renewals: [DueRenewal] = []
        renewals.reserveCapacity(dueCount)
        for cycle in dueIndices {
            guard let renewal = renewal(cycle) else { break }
            renewals.append(renewal)
        }
        return renewals
    }

    /// The renewal of a cycle, or nil beyond the calendar.
    func renewal(_ cycle: Int) -> DueRenewal? {
        period(cycle).map { DueRenewal(cycle: cycle, period: $0, dueOn: $0.start, amount: terms.price.minorUnits) }
    }

    func note(ofCycle index: Int) -> String? { nil }

    func place(ofCycle index: Int) -> Int? { dueIndices.contains(index) ? index - firstDueIndex : nil }

    func price(ofCycle index: Int) -> Int64 { terms.price.minorUnits }

    func index(dueNearestTo date: CivilDate, before: Int, after: Int) -> Int? {
        index(nearestTo: date, before: before, after: after)
    }

    func dueDay(ofCycle index: Int) -> CivilDate? { period(index)?.start }

    func obstacle(ofCycle index: Int) -> Obstacle? { period(index).flatMap { obstacle(on: $0.start) } }

    func obstacle(on date: CivilDate) -> Obstacle? {
        guard let endedOn = terms.endedOn, date >= endedOn else { return nil }
        return Obstacle(cause: .ended, reason: "the subscription ended on \(endedOn)")
    }

    func mayEnd(_ end: CivilDate, cycle index: Int) -> Bool { end == terms.endedOn?.adding(days: -1) }

    func end(moreThan days: Int, before date: CivilDate) -> Obstacle? {
        guard let lastDay = terms.endedOn?.adding(days: days), date > lastDay else { return nil }
        return obstacle(on: date)
    }

    func shortestLength(on date: CivilDate) -> Int { terms.cycle.shortestLengthInDays }
}
