import BillingRecords
import BillingValues

/// Charges whose stated period spans several cycles: one collection for a quarter, or one that catches up.
///
/// What they come to is shared over the cycles at what is due for each, so that every cent stands with one period.
extension ChargeAssignment {
    /// A run of whole cycles.
    private struct Span {
        let cycles: ClosedRange<Int>
        /// Whether both of its ends are the stated ones.
        let isExact: Bool
    }

    /// A cycle of a span, and the part of an amount that falls to it.
    private struct Share {
        let cycle: Int
        let obstacle: Obstacle?
        let price: Int64
        var amount: Int64 = 0

        var due: Int64 { obstacle == nil ? price : 0 }
    }

    private static var longestSpan: Int { 400 }

    /// Assigns a charge whose period spans several cycles; false if it does not, or if nobody can tell what it pays.
    mutating func assignSpan(_ charge: KeptCharge, stated: BillingPeriod?) -> Bool {
        guard charge.periodEnd != nil, let stated, let span = span(of: stated) else { return false }
        var shares = span.cycles.map { cycle in
            Share(cycle: cycle, obstacle: obstacle(cycle), price: calendar.price(ofCycle: cycle))
        }
        guard shares.contains(where: { $0.due > 0 }) else { return false }
        guard charge.isPosted, charge.amount != 0, !isForeign(charge) else {
            guard span.isExact else { return false }
            for share in shares where share.obstacle == nil { add(charge, toCycle: share.cycle) }
            return true
        }
        let firstRenewal = calendar.firstRenewal
        let isWhole = Self.share(charge.amount.magnitude, over: &shares, firstRenewal: firstRenewal)
        if !isWhole {
            // Nobody can tell which of them a sum is for that is not what they come to.
            guard span.isExact, span.cycles.lowerBound >= firstRenewal,
                !shares.contains(where: { isUncertain($0.cycle) })
            else {
                return false
            }
            Self.fill(charge.amount, over: &shares)
        }
        for share in shares {
            let part = charge.part(charge.amount < 0 ? -share.amount : share.amount)
            if let obstacle = share.obstacle {
                if share.amount > 0 { addNotDue(part, obstacle, start: calendar.period(share.cycle)?.start) }
            } else if let place = place(share.cycle), share.due > 0 {
                if charge.amount > 0, charge.kind == .refund || charge.kind == .credit {
                    doubt(place, .positiveRefund, charge)
                }
                if charge.amount > 0 || share.amount > 0 {
                    add(part, as: charge.amount < 0 ? .giveBack : .payment, place)
                }
            }
        }
        if !span.isExact, charge.takesMoney {
            let near = shares.first { $0.obstacle == nil && $0.cycle >= firstRenewal }
            addMisplaced(charge, stated: stated, near: near?.cycle)
        }
        return true
    }

    /// The cycles that a stated period spans, at least two; its ends may be some days off.
    private func span(of stated: BillingPeriod) -> Span? {
        let exactStart = calendar.index(startingOn: stated.start)
        guard let first = exactStart ?? nearest(to: stated.start), let next = stated.end.adding(days: 1) else {
            return nil
        }
        if let period = calendar.period(first), stated.end <= period.end { return nil }
        var last: Int?
        var isExact = exactStart != nil
        if let following = calendar.index(startingOn: next) {
            last = following - 1
        } else if let containing = calendar.index(nearestTo: stated.end, before: 0, after: .max), containing > first,
            calendar.mayEnd(stated.end, cycle: containing)
        {
            last = containing
        } else if let following = nearest(to: next) {
            last = following - 1
            isExact = false
        }
        guard let last, last > first, last - first < Self.longestSpan else { return nil }
        return Span(cycles: first...last, isExact: isExact)
    }

    /// Whether what was due for a cycle is in doubt.
    private func isUncertain(_ cycle: Int) -> Bool {
        place(cycle).map {
            !account.periods[$0].doubts.isDisjoint(with: [.uncertainTerms, .uncertainEnd, .unknownPrice])
        } ?? false
    }

    /// Shares an amount that is exactly what is due for all cycles, or exactly their price including those for which
    /// nothing is due; false if it is neither.
    private static func share(_ amount: UInt64, over shares: inout [Share], firstRenewal: Int) -> Bool {
        let options: [(Share) -> Int64] = [
            // The activation may be paid with it or by itself.
            { $0.cycle >= firstRenewal ? $0.due : 0 }, { $0.due }, { $0.price },
        ]
        for option in options {
            let sum = shares.reduce(Int128(0)) { $0 + Int128(option($1)) }
            guard sum == Int128(amount) else { continue }
            for index in shares.indices { shares[index].amount = option(shares[index]) }
            return true
        }
        return false
    }

    /// Shares an amount that is another than what is due: a payment fills the oldest cycles first, and the last of them
    /// has what is left; money given back empties the latest ones first.
    private static func fill(_ amount: Int64, over shares: inout [Share]) {
        let due = shares.indices.filter { shares[$0].due > 0 }
        var left = amount.magnitude
        for index in amount > 0 ? due : due.reversed() {
            shares[index].amount = Int64(clamping: min(left, UInt64(shares[index].due)))
            left -= UInt64(shares[index].amount)
        }
        guard let last = amount > 0 ? due.last : due.first else { return }
        shares[last].amount = Int64(clamping: UInt64(shares[last].amount) + left)
    }
}
