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
    func doubtsOfTerms(ofCycle index: Int, _ period: BillingPeriod, price: PriceInForce) -> [String] {
        var doubts = price.doubts
        let stretch = grid.stretch(ofCycle: index)
        if stretch.interruptsPeriod, stretch.cause == .event, index == stretch.firstIndex {
            doubts.append("the cycle changed within a period, and nobody can tell what was due on that day")
        }
        if let doubt = doubtOfCycle(grid.origin(of: stretch), on: period.start) { doubts.append(doubt) }
        for event in events where event.change == .unreadable && mayBear(event, onCycle: index, period) {
            doubts.append("\(text(event)) may bear on this renewal")
        }
        return doubts
    }

    /// The day from which on a rejected event may have changed what is due: `.earliest` where its day could not be read,
    /// and nil where none was rejected.
    var firstDoubtfulDay: CivilDate? {
        let first = events.lazy.filter { $0.change == .unreadable }
            .map { $0.bearsOnEarlier ? .earliest : $0.effectiveOn ?? .earliest }.min()
        guard let first, let contested = ends.firstContested else { return first }
        return min(first, contested)
    }

    /// Whether a rejected event may have changed what is due for a cycle, or what its collection came to.
    ///
    /// The charges of the first collections are shared out by what is due for all of their cycles.
    private func mayBear(_ event: LineEvent, onCycle index: Int, _ period: BillingPeriod) -> Bool {
        if mayBear(event, on: period) { return true }
        guard index < collectionsEnd else { return false }
        return firstCollections.contains { collection in
            collection.cycles.contains { self.period($0).map { mayBear(event, on: $0) } ?? false }
        }
    }

    /// Whether a rejected event, whatever it said, may have changed what is due for a period.
    private func mayBear(_ event: LineEvent, on period: BillingPeriod) -> Bool {
        if event.bearsOnEarlier || event.holds(on: period.start) { return true }
        guard (event.effectiveOn ?? .earliest) <= period.end else { return false }
        // As a suspension it may have moved the periods behind it, or taken from a period that it only touches.
        if offer.suspension.anchor == .restart { return true }
        return offer.suspension.partlySuspended != .firstDay && event.until.map { period.start < $0 } ?? true
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
