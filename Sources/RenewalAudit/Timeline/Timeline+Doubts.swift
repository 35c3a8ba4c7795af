import BillingRecords
import BillingValues

/// Where the evidence about a line contradicts itself.
extension Timeline {
    /// Why the line may have ended before a period that starts on a day.
    func doubtsOfEnd(on day: CivilDate) -> [String] {
        ends.doubtful(on: day).map { span in
            "nobody can tell whether the line had ended: "
                + span.statements.map(text).joined(separator: ", but ")
        }
    }

    /// Why a cycle may not be due as it seems: its price, its first day or whether it is due at all.
    func doubtsOfTerms(ofCycle index: Int, start: CivilDate, price: PriceInForce) -> [String] {
        var doubts = price.doubts
        let stretch = grid.stretch(ofCycle: index)
        if stretch.interruptsPeriod, stretch.cause == .event, index == stretch.firstIndex {
            doubts.append("the cycle changed within a period, and nobody can tell what was due on that day")
        }
        if let doubt = doubtOfCycle(grid.origin(of: stretch), on: start) { doubts.append(doubt) }
        for event in events where event.change == .unreadable && event.holds(on: start) {
            doubts.append("\(text(event)) may bear on this renewal")
        }
        return doubts
    }

    /// Why the cycle in force on a day may be another.
    private func doubtOfCycle(_ stretch: CycleGrid.Stretch, on day: CivilDate) -> String? {
        let isFirst = stretch.anchor == terms.activatedOn
        for event in events {
            guard case .cycle(let cycle) = event.change, let since = event.effectiveOn else { continue }
            let isOfStretch = isFirst ? since <= stretch.anchor : since == stretch.anchor
            guard isOfStretch else { continue }
            if cycle != stretch.cycle {
                return isFirst
                    ? "the subscription's row has another cycle than \(text(event))"
                    : "two cycles are said to begin on \(since), one of them \(text(event))"
            }
            if let until = event.until, day >= until, !isFirst {
                return "nobody can tell which cycle followed \(text(event))"
            }
        }
        return nil
    }
}
