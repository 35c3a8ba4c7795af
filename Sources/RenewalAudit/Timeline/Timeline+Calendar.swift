import BillingRecords
import BillingValues

extension Timeline: RenewalCalendar {
    var dueRenewals: [DueRenewal] {
        var renewals: [DueRenewal] = []
        renewals.reserveCapacity(dueIndices.count)
        for index in dueIndices {
            guard let renewal = renewal(index) else { break }
            renewals.append(renewal)
        }
        return renewals
    }

    func renewal(_ index: Int) -> DueRenewal? {
        guard let period = period(index), let dueOn = dueDay(ofCycle: index, period) else { return nil }
        let price = amountDue(ofCycle: index, period)
        var renewal = DueRenewal(cycle: index, period: period, dueOn: dueOn, amount: price.amount)
        let ofEnd = doubtsOfEnd(on: period.start)
        if !ofEnd.isEmpty { renewal.doubts[.uncertainEnd] = ofEnd }
        let ofTerms = doubtsOfTerms(ofCycle: index, period, price: price)
        if !ofTerms.isEmpty { renewal.doubts[.uncertainTerms] = ofTerms }
        if price.isUnknown, !price.doubts.isEmpty { renewal.doubts[.unknownPrice] = price.doubts }
        return renewal
    }

    /// The events that made the renewal what it is.
    func note(ofCycle index: Int) -> String? {
        let price = amountDue(ofCycle: index)
        var notes = (price.event.map { [text($0)] } ?? []) + price.notes
        let stretch = grid.origin(of: grid.stretch(ofCycle: index))
        let change = events.first { event in
            event.change == .cycle(stretch.cycle) && event.effectiveOn == stretch.anchor
                && stretch.anchor > terms.activatedOn
        }
        if let change { notes.append(text(change)) }
        if let collection = noteOfCollection(index) { notes.append(collection) }
        return notes.isEmpty ? nil : notes.joined(separator: ", ")
    }

    func place(ofCycle index: Int) -> Int? {
        var (low, high) = (0, dueIndices.count)
        while low < high {
            let middle = (low + high) / 2
            if dueIndices[middle] < index { low = middle + 1 } else { high = middle }
        }
        return low < dueIndices.count && dueIndices[low] == index ? low : nil
    }

    func period(_ index: Int) -> BillingPeriod? { grid.period(index) }

    func price(ofCycle index: Int) -> Int64 {
        amountDue(ofCycle: index).amount
    }

    /// The cycle that starts on a day; period 0 may be stated from the day on which a whole one would have begun.
    func index(startingOn date: CivilDate) -> Int? {
        grid.index(startingOn: date) ?? (firstRenewal == 0 && date == wholeFirstPeriod?.start ? 0 : nil)
    }

    func index(dueNearestTo date: CivilDate, before: Int, after: Int) -> Int? {
        guard case .dayOfMonth = offer.calendar else {
            return index(nearestTo: date, before: before, after: after)
        }
        let next = grid.firstIndex(startingOnOrAfter: date)
        var best: (index: Int, distance: Int)?
        // First collections may carry periods that begin long after them.
        for index in max(0, next - collectionReach)...max(next + 1, collectionsEnd - 1) {
            guard let dueOn = dueDay(ofCycle: index) else { continue }
            let days = date.days(since: dueOn)
            guard days >= -before, days <= after else { continue }
            if best.map({ abs(days) < $0.distance }) ?? true { best = (index, abs(days)) }
        }
        return best?.index
    }

    func index(nearestTo date: CivilDate, before: Int, after: Int) -> Int? {
        grid.index(nearestTo: date, before: before, after: after)
    }

    /// The period of a cycle may be stated as if nothing cut it off, and may end with the line.
    func mayEnd(_ end: CivilDate, cycle index: Int) -> Bool {
        grid.wholePeriod(index)?.end == end || ends.followed(end)
    }

    func end(moreThan days: Int, before date: CivilDate) -> Obstacle? {
        guard let end = ends.certain(on: date), date.days(since: end.from) > days else { return nil }
        return obstacle(on: date)
    }

    func shortestLength(on date: CivilDate) -> Int { grid.stretch(on: date).cycle.shortestLengthInDays }
}
