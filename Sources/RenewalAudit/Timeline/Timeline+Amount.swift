import BillingRecords
import BillingValues

extension Timeline {
    /// Period 0 as it would be if it had begun on the calendar's day; nil unless the line has such a calendar.
    var wholeFirstPeriod: BillingPeriod? {
        guard case .dayOfMonth(let monthly) = offer.calendar,
            let next = monthly.firstDay(after: terms.activatedOn), let end = next.adding(days: -1)
        else { return nil }
        let cycle = grid.stretches[0].cycle
        let start =
            switch cycle.unit {
            case .months: next.addingMonths(-cycle.count, anchorDay: monthly.day)
            case .days: next.adding(days: -cycle.count)
            }
        return start.flatMap { BillingPeriod(start: $0, end: end) }
    }

    /// What is due for a cycle, whether or not the line is active.
    ///
    /// The price in force on the first day; of the first periods the offer's own; and where only days of the period are
    /// to be paid, their share, rounded once by the offer's rule.
    func amountDue(ofCycle index: Int) -> PriceInForce {
        period(index).map { amountDue(ofCycle: index, $0) } ?? PriceInForce(amount: terms.price.minorUnits)
    }

    /// What is due for a cycle whose period is known.
    func amountDue(ofCycle index: Int, _ period: BillingPeriod) -> PriceInForce {
        var price = price(on: period.start)
        if let discount = offer.offer?.discount, let free = offer.offer?.freePeriods, price.event?.isDiscount != true,
            index >= free, index - free < discount.periods
        {
            price = PriceInForce(amount: discount.price)
            price.notes.append("the offer's first \(discount.periods) paid periods cost less")
        }
        guard let share = share(ofCycle: index, period), share.days < share.of else { return price }
        let rounding = offer.offer?.proRataRounding ?? .halfUp
        let part = rounding.divide(Int128(price.amount) * Int128(share.days), by: Int128(share.of))
        // A part of an amount is no larger than the amount.
        price.amount = part.flatMap { Int64(exactly: $0) } ?? price.amount
        price.notes.append("\(share.days) of \(share.of) days")
        return price
    }

    /// How many days of a cycle are paid, and how many a whole one has; nil where the whole is paid.
    private func share(ofCycle index: Int, _ period: BillingPeriod) -> (days: Int, of: Int)? {
        let isFirst = index == 0 && offer.band(activatedOn: terms.activatedOn)?.firstPeriod == .proRata
        let suspended = offer.suspension.partlySuspended == .proRata ? suspendedDays(of: period) : 0
        guard isFirst || suspended > 0 else { return nil }
        // A first period of the whole price is a whole one, however short.
        let isCalendars = index == 0 && wholeFirstPeriod != nil
        let whole = isFirst ? wholeFirstPeriod : isCalendars ? period : grid.wholePeriod(index)
        guard let whole else { return nil }
        return (period.lengthInDays - suspended, whole.lengthInDays)
    }
}

extension LineEvent {
    /// Whether the event is a discount.
    fileprivate var isDiscount: Bool { price(isDiscount: true) != nil }
}
