import BillingRecords
import BillingValues

/// The renewals of a line whose contract was inferred: those of its cycle, at the prices that the charges show.
struct InferredCalendar<Base: RenewalCalendar>: RenewalCalendar {
    /// The calendar of the inferred cycle, with the events of the line where there are some.
    let base: Base

    /// What was inferred.
    let line: InferredLine

    var terms: RenewalTerms { base.terms }

    var firstRenewal: Int { base.firstRenewal }
    var firstDoubtfulDay: CivilDate? { base.firstDoubtfulDay }

    var dueRenewals: [DueRenewal] {
        base.dueRenewals.map { renewal in
            let (amount, isKnown) = line.price(on: renewal.period.start)
            var doubts = renewal.doubts
            if !isKnown {
                doubts[.uncertainTerms, default: []].append("the price changed while nothing was charged")
            } else if renewal.amount != base.terms.price.minorUnits, renewal.amount != amount {
                doubts[.uncertainTerms, default: []].append("an event tells another price than the charges")
            }
            if line.ending == .unexplained, renewal.period.start == line.stopsOn {
                doubts[.uncertainEnd, default: []].append(
                    "the charges stop before this renewal: the line ended, or was charged no more")
            }
            return DueRenewal(
                cycle: renewal.cycle, period: renewal.period, dueOn: renewal.dueOn, amount: amount, doubts: doubts)
        }
    }

    func note(ofCycle index: Int) -> String? { base.note(ofCycle: index) }

    func place(ofCycle index: Int) -> Int? { base.place(ofCycle: index) }

    func period(_ index: Int) -> BillingPeriod? { base.period(index) }

    func price(ofCycle index: Int) -> Int64 {
        base.period(index).map { line.price(on: $0.start).amount } ?? base.price(ofCycle: index)
    }

    func index(startingOn date: CivilDate) -> Int? { base.index(startingOn: date) }

    func index(nearestTo date: CivilDate, before: Int, after: Int) -> Int? {
        base.index(nearestTo: date, before: before, after: after)
    }

    func index(dueNearestTo date: CivilDate, before: Int, after: Int) -> Int? {
        base.index(dueNearestTo: date, before: before, after: after)
    }

    func dueDay(ofCycle index: Int) -> CivilDate? { base.dueDay(ofCycle: index) }

    func obstacle(ofCycle index: Int) -> Obstacle? { base.obstacle(ofCycle: index) }

    func obstacle(on date: CivilDate) -> Obstacle? { base.obstacle(on: date) }

    func mayEnd(_ end: CivilDate, cycle index: Int) -> Bool { base.mayEnd(end, cycle: index) }

    func end(moreThan days: Int, before date: CivilDate) -> Obstacle? { base.end(moreThan: days, before: date) }

    func shortestLength(on date: CivilDate) -> Int { base.shortestLength(on: date) }
}
