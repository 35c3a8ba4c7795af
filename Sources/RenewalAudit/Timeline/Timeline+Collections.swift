import BillingRecords
import BillingValues

/// One collection of a line: which periods it carries, and on which day.
struct PlannedCollection: Sendable {
    /// The day.
    let dueOn: CivilDate

    /// The cycles that it carries and that are due, in their order.
    let cycles: [Int]

    /// The activation fee that it carries, in minor units; 0 where it carries none.
    let activationFee: Int64

    /// How many amounts it is the sum of.
    var parts: Int { cycles.count + (activationFee > 0 ? 1 : 0) }
}

extension Timeline {
    /// The day on which a cycle is collected; nil beyond the calendar of the years.
    func dueDay(ofCycle index: Int) -> CivilDate? {
        period(index).flatMap { dueDay(ofCycle: index, $0) }
    }

    /// The day on which a cycle is collected, whose period is known.
    func dueDay(ofCycle index: Int, _ period: BillingPeriod) -> CivilDate? {
        guard case .dayOfMonth(let monthly) = offer.calendar, grid.stretch(ofCycle: index).cause != .event else {
            return period.start
        }
        if let collection = firstCollections.first(where: { $0.cycles.contains(index) }) {
            return collection.collection.day.date(from: terms.activatedOn)
        }
        return monthly.collectionDay.map { $0.date(from: period.start) } ?? period.start
    }

    /// The first collections of the line's calendar, and the cycles that each of them carries, due or not.
    var firstCollections: [(collection: ActivationBand.Collection, cycles: Range<Int>)] {
        guard let band = offer.band(activatedOn: terms.activatedOn) else { return [] }
        var next = band.firstRenewal
        return band.collections.map { collection in
            defer { next += collection.periods }
            return (collection, next..<(next + collection.periods))
        }
    }

    /// How many cycles the collection of one may come after its first day; an upper bound.
    var collectionReach: Int {
        guard case .dayOfMonth(let monthly) = offer.calendar else { return 0 }
        let first = (offer.band(activatedOn: terms.activatedOn)?.collections.last?.day.monthsAfter).map { $0 + 1 } ?? 0
        return max(first, (monthly.collectionDay?.monthsAfter ?? 0) + 1) + 1
    }

    /// The first collections of the line that carry something, with what is due of it.
    var plannedCollections: [PlannedCollection] {
        firstCollections.compactMap { collection, cycles in
            guard let dueOn = collection.day.date(from: terms.activatedOn) else { return nil }
            let due = cycles.filter { index in
                guard grid.stretch(ofCycle: index).cause != .event, let period = period(index) else { return false }
                return idleness(ofCycle: index, period) == nil
            }
            let fee = collection.carriesActivationFee ? activationFee : 0
            let planned = PlannedCollection(dueOn: dueOn, cycles: due, activationFee: fee)
            return planned.parts > 0 ? planned : nil
        }
    }

    /// The fee that the line's offer has for the activation in minor units; 0 for none.
    var activationFee: Int64 { max(0, offer.offer?.activationFee ?? 0) }

    /// The day on which the activation fee is collected.
    var activationFeeDay: CivilDate {
        let collection = firstCollections.first { $0.collection.carriesActivationFee }?.collection
        return collection?.day.date(from: terms.activatedOn) ?? terms.activatedOn
    }

    /// What a cycle is collected together with, in words.
    func noteOfCollection(_ index: Int) -> String? {
        guard let period = period(index), let dueOn = dueDay(ofCycle: index), dueOn != period.start else { return nil }
        let planned = plannedCollections.first { $0.cycles.contains(index) }
        var others = (planned?.cycles ?? []).filter { $0 != index }.compactMap { self.period($0)?.description }
        if let fee = planned?.activationFee, fee > 0 { others.insert("the activation fee", at: 0) }
        let together = others.isEmpty ? "" : " together with \(others.joined(separator: " and "))"
        return "collected on \(dueOn)\(together)"
    }
}
