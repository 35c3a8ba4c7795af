public import BillingRecords
public import BillingValues

extension Subscriptions {
    /// Joins the events and the earlier ids with their lines, and returns what is wrong with them.
    ///
    /// To be called once, after `buildIndex` and before any charge is read; also without events, for the rows may name
    /// earlier ids and offers. The verdicts do not depend on the order of the events. O(events + earlier ids + rows).
    ///
    /// - Parameters:
    ///   - files: the names of the events files.
    ///   - parallel: how independent tasks are done.
    public mutating func join(
        _ events: [SubscriptionEvent], files: [String], parallel: ParallelTasks = .oneByOne
    ) -> EventFaults {
        var faults = EventFaults()
        if !events.isEmpty || !previousIdentifiers.isEmpty {
            eventFiles = files
            histories = LineHistories(lineEvents(events, faults: &faults), rows: count)
        }
        drawOutlines(faults: &faults, parallel)
        faults.events.sort { ($0.source, $0.kind.rank) < ($1.source, $1.kind.rank) }
        return faults
    }

    /// The events that bear on renewals, with their rows, which are marked.
    private mutating func lineEvents(
        _ events: [SubscriptionEvent], faults: inout EventFaults
    ) -> ContiguousArray<(row: UInt32, event: LineEvent)> {
        let identifiers = joinIdentifiers(events, faults: &faults)
        var found: ContiguousArray<(row: UInt32, event: LineEvent)> = []
        found.reserveCapacity(events.count)
        for event in events {
            guard let row = row(ofAnyIdentifier: event.subscription) else {
                faults.unused += 1
                faults.events.append(EventFault(source: event.source, kind: .nobody, text: event.subscription))
                continue
            }
            guard let terms = terms(row) else {
                faults.unused += 1
                continue
            }
            faults.joined += 1
            let change = change(event, terms: terms, faults: &faults)
            guard let change else { continue }
            let isUnreadable = change == .unreadable
            var lineEvent = LineEvent(
                change: change, effectiveOn: event.effectiveOn,
                // What an unreadable row says of its end means nothing, and a change of the cycle has none: behind it
                // nobody knows the cycle.
                until: isUnreadable && (!event.hasSoundSpan || event.kind == .cycleChanged) ? nil : event.until,
                isOfFormerIdentifier: !identifiers.hasNoFormer && identifiers.isFormer(event.subscription),
                source: event.source)
            lineEvent.bearsOnEarlier = isUnreadable && event.kind == .priceChanged
            lineEvent.mayBeEnd =
                isUnreadable && lineEvent.until == nil && event.kind.map { $0 == .ended } ?? true
            found.append((UInt32(truncatingIfNeeded: row), lineEvent))
            rows[row].markTimeline()
        }
        return found
    }

    /// The row that has an id, or of whose line it is an earlier or later one.
    public func row(ofAnyIdentifier identifier: [UInt8]) -> Int? {
        row(ofIdentifier: identifier) ?? aliases[identifier]
    }

    /// The earlier and later ids of the lines that have some, by their rows; each list is sorted.
    public var otherIdentifiers: [Int: [[UInt8]]] {
        var others: [Int: [[UInt8]]] = [:]
        for (identifier, row) in aliases { others[row, default: []].append(identifier) }
        for (row, contracts) in successions {
            others[row, default: []] += contracts.filter { $0 != row }.map { subscriptionIdentifier($0) }
        }
        return others.mapValues { $0.sorted { $0.lexicographicallyPrecedes($1) } }
    }

    /// The row of the contract in force on a day of the line that has an id, or has had it.
    public func row(ofAnyIdentifier identifier: [UInt8], inForceOn day: CivilDate) -> Int? {
        row(ofAnyIdentifier: identifier).map { row(inForceOn: day.dayNumber, ofLineWith: $0) }
    }

    /// The life of a row's line, or nil if neither an event nor its offer makes it another than its row alone.
    public func timeline(_ row: Int) -> Timeline? {
        guard rows[row].hasTimeline, let terms = terms(row) else { return nil }
        var timeline = life(row, terms)
        timeline.findDue(in: window(ofRow: row))
        return timeline
    }

    /// The life of a row's line of which nobody has asked yet what is due.
    func life(_ row: Int, _ terms: RenewalTerms) -> Timeline {
        let history = histories[row] ?? LineHistory([])
        var offer = lineOffer(row, terms: terms)
        for event in history.events {
            guard case .offer(let name) = event.change, let place = rowOffers.catalogue.offer(named: name) else {
                continue
            }
            offer.changedOffers[name] = rowOffers.catalogue.offers[place]
        }
        return Timeline(terms: terms, offer: offer, history: history, files: eventFiles)
    }

    /// What an event changes about the renewals; nil for those that change nothing about them.
    private func change(
        _ event: SubscriptionEvent, terms: RenewalTerms, faults: inout EventFaults
    ) -> LineEvent.Change? {
        guard event.isSound, let kind = event.kind else {
            // Without an offers file it is harmless which offer a line has.
            return event.kind == .offerChanged && rowOffers.catalogue.isEmpty ? nil : .unreadable
        }
        switch kind {
        case .suspended: return .suspended
        case .ended: return .ended
        case .portedOut: return .portedOut
        case .free: return .free
        case .offerChanged: return rowOffers.catalogue.isEmpty ? nil : .offer(event.value)
        case .renumbered: return nil
        case .cycleChanged: return BillingCycle(iso8601: event.value.span).map { .cycle($0) } ?? .unreadable
        case .priceChanged, .discounted:
            let exponent = terms.price.currency.exponent
            guard let amount = try? Money.minorUnits(in: event.value.span, exponent: exponent), amount >= 0 else {
                faults.events.append(
                    EventFault(source: event.source, kind: .price(decimals: exponent), text: event.value))
                return .unreadable
            }
            return kind == .priceChanged ? .price(amount) : .discount(amount)
        }
    }

    /// Finds the line of every id that is joined with others, and tells which ids their lines have left.
    private mutating func joinIdentifiers(_ events: [SubscriptionEvent], faults: inout EventFaults) -> LineIdentifiers {
        let renumberings = events.count { $0.isSound && $0.kind == .renumbered }
        var identifiers = LineIdentifiers(joins: renumberings + previousIdentifiers.count)
        for (row, text) in previousIdentifiers {
            let current = subscriptionIdentifier(row)
            for former in text.split(whereSeparator: { $0 == 0x20 || (0x09...0x0D).contains($0) }) {
                identifiers.join(Array(former), to: current)
            }
        }
        for event in events where mayRenumber(event) {
            identifiers.join(event.subscription, to: event.value)
        }
        let (all, lines) = identifiers.lines()
        let rowsOfAll = all.map { row(ofIdentifier: $0) }
        aliases.reserveCapacity(aliases.count + rowsOfAll.count { $0 == nil })
        for line in lines {
            let rows = rowsOfAll[line].compactMap(\.self).sorted()
            guard let first = rows.first else { continue }
            if rows.count > 1, rows.count == line.count, let contracts = succession(rows) {
                for row in contracts { successions[row] = contracts }
                identifiers.separate(all[line])
                continue
            }
            for place in line where rowsOfAll[place] == nil { aliases[all[place]] = first }
            for row in rows.dropFirst() { faults.contested.append((row, first)) }
            if rows.count > 1 { rows.forEach { contest($0) } }
        }
        return identifiers
    }

    /// Whether an event joins two ids; also a rejected one, if it names a subscription as the other: the charges of both
    /// may be for one line then, and what is due for it is in doubt.
    private func mayRenumber(_ event: SubscriptionEvent) -> Bool {
        if event.isSound { return event.kind == .renumbered }
        let namesRow = row(ofIdentifier: event.value) != nil
        guard event.kind == .renumbered else { return event.kind == nil && namesRow }
        return namesRow || (!event.value.isEmpty && row(ofIdentifier: event.subscription) != nil)
    }

    /// The rows of a line in the order of their activations, if each of them has ended when the next begins.
    private func succession(_ rows: [Int]) -> [Int]? {
        var contracts: [(row: Int, terms: RenewalTerms)] = []
        for row in rows {
            guard let terms = terms(row) else { return nil }
            contracts.append((row, terms))
        }
        contracts.sort { $0.terms.activatedOn < $1.terms.activatedOn }
        for (former, next) in zip(contracts, contracts.dropFirst()) {
            guard let endedOn = former.terms.endedOn, endedOn <= next.terms.activatedOn else { return nil }
        }
        return contracts.map(\.row)
    }

    /// The row of the contract that is in force on a day, of the line of a row; the first one before all of them.
    func row(inForceOn day: Int32, ofLineWith row: Int) -> Int {
        guard let contracts = successions[row], let first = contracts.first else { return row }
        return contracts.last { rows[$0].activatedDay <= day } ?? first
    }

    /// Gives a row up whose line has others: nothing tells whose charges are whose.
    private mutating func contest(_ row: Int) {
        contestedRows.insert(row)
        dueCount -= Int(rows[row].dueCount)
        rows[row].dueCount = 0
        rows[row].cycle = 0
    }
}

extension SubscriptionEvent {
    /// Whether its span could be read.
    fileprivate var hasSoundSpan: Bool {
        guard let effectiveOn else { return false }
        return isSound || until.map { $0 > effectiveOn } ?? true
    }
}

extension EventFault.Kind {
    /// Which of several faults of an event is told first.
    fileprivate var rank: String {
        switch self {
        case .nobody: "0"
        case .price: "1"
        case .contradiction(let text): "2\(text)"
        }
    }
}
