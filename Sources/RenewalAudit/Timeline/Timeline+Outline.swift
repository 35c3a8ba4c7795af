import BillingRecords
import BillingValues

/// What an outline asks of a timeline.
extension Timeline {
    /// What is due for a cycle that is due, if nothing about it is in doubt and no change cuts its period off.
    func certainAmount(ofCycle index: Int, _ period: BillingPeriod) -> Int64? {
        guard period == grid.wholePeriod(index), ends.doubtful(on: period.start).isEmpty else { return nil }
        let price = amountDue(ofCycle: index, period)
        guard !price.isUnknown, doubtsOfTerms(ofCycle: index, period, price: price).isEmpty else {
            return nil
        }
        return price.amount
    }

    /// The first cycle behind those that the first collections carry.
    ///
    /// Charges for these are shared out. Period 0 of a billing calendar may be stated in two ways, and is none of the
    /// ordinary ones either.
    var collectionsEnd: Int {
        guard case .dayOfMonth = offer.calendar else { return 0 }
        return max(1, firstCollections.last?.cycles.upperBound ?? 0)
    }

    /// Whether nothing but the end that the row states ever keeps a renewal from being due.
    ///
    /// Then charges for periods outside the window bear on nothing, as those of lines without a timeline.
    var isQuiet: Bool {
        guard grid.stretches.count == 1, offer.calendar == .anniversary, offer.offer?.freePeriods ?? 0 == 0 else {
            return false
        }
        return events.allSatisfy { event in
            switch event.change {
            case .price, .discount, .offer: true
            case .suspended, .ended, .portedOut, .free, .cycle, .unreadable: false
            }
        }
    }

    /// Leaves in `days` the days on which anything about the line changes, in no order.
    func noteChanges(in days: inout [CivilDate]) {
        days.removeAll(keepingCapacity: true)
        if let endedOn = terms.endedOn { days.append(endedOn) }
        for event in events {
            if let day = event.effectiveOn { days.append(day) }
            if let day = event.until { days.append(day) }
        }
        for stretch in grid.stretches.dropFirst() { days.append(stretch.anchor) }
        if let prices = offer.offer?.prices { prices.noteChanges(in: &days) }
        for changed in offer.changedOffers.values { changed.prices.noteChanges(in: &days) }
    }
}

extension OfferPrices {
    /// Adds the days on which a price begins or ends to hold.
    fileprivate func noteChanges(in days: inout [CivilDate]) {
        for price in prices {
            if let day = price.from { days.append(day) }
            if let day = price.until { days.append(day) }
        }
    }
}
