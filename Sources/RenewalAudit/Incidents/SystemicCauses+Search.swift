import BillingRecords
import BillingValues

extension SystemicCauses {
    /// The causes of an audit's findings; `discrepancies` are in report order, `calendar` counts what was due.
    ///
    /// First the uncharged renewals are explained, then the late ones among the rest: an outage that was caught up
    /// leaves only those. The same findings give the same causes. O(findings + cells * days) for each incident.
    public init(_ discrepancies: [Discrepancy], subscriptions: Subscriptions, calendar: DueCalendar) {
        let (uncharged, late) = MissedRenewal.all(in: discrepancies, of: subscriptions, calendar: calendar)
        guard !uncharged.isEmpty || !late.isEmpty else {
            self = .none
            return
        }
        let table = MissedTable(subscriptions, calendar: calendar, uncharged: uncharged, late: late)
        let never = MissSeries(calendar, missed: uncharged)
        let (regions, outside) = IncidentSearch.regions(of: never, missed: uncharged)
        let caughtUp = table.caughtUp(beside: regions)
        let found = table.incidents(regions + caughtUp)
        let parked = table.parkedAccounts(found.unexplained, outside: outside)
        self.init(
            incidents: found.incidents, parkedAccounts: parked,
            isolated: found.unexplained.count - parked.reduce(0) { $0 + $1.uncharged },
            dueOutside: never.days(of: .everything).total.due - found.incidents.reduce(0) { $0 + $1.due },
            unchargedOutside: found.unexplained.count)
    }
}

/// The missed renewals of an audit and what is needed to make incidents of regions.
private struct MissedTable {
    private let subscriptions: Subscriptions
    private let calendar: DueCalendar
    private let uncharged: [MissedRenewal]
    private let late: [MissedRenewal]
    private let cells: [RenewalCell]

    init(
        _ subscriptions: Subscriptions, calendar: DueCalendar, uncharged: [MissedRenewal], late: [MissedRenewal]
    ) {
        self.subscriptions = subscriptions
        self.calendar = calendar
        self.uncharged = uncharged
        self.late = late
        cells = calendar.cells.cells
    }

    /// The regions of outages that were caught up, outside of those whose renewals were never charged.
    func caughtUp(beside regions: [IncidentRegion]) -> [IncidentRegion] {
        guard late.count >= IncidentSignificance.fewestSubscriptions else { return [] }
        let rest = late.filter { renewal in !regions.contains { $0.contains(renewal, cells: cells) } }
        var series = MissSeries(calendar, missed: rest)
        for region in regions { series.remove(region.combination, region.days) }
        return IncidentSearch.regions(of: series, missed: rest).regions.filter { region in
            LateTrace.trace(rest.filter { region.contains($0, cells: cells) }) != nil
        }
    }

    /// The incidents of regions, a renewal in two regions belonging to the earlier, and the misses in none.
    func incidents(_ regions: [IncidentRegion]) -> (incidents: [Incident], unexplained: [MissedRenewal]) {
        var ofRegion = [(uncharged: [MissedRenewal], late: [MissedRenewal])](
            repeating: ([], []), count: regions.count)
        var unexplained: [MissedRenewal] = []
        for renewal in uncharged {
            if let place = regions.firstIndex(where: { $0.contains(renewal, cells: cells) }) {
                ofRegion[place].uncharged.append(renewal)
            } else {
                unexplained.append(renewal)
            }
        }
        for renewal in late {
            guard let place = regions.firstIndex(where: { $0.contains(renewal, cells: cells) }) else { continue }
            ofRegion[place].late.append(renewal)
        }
        var rest = MissSeries(calendar, missed: [])
        var incidents: [Incident] = []
        for (region, missed) in zip(regions, ofRegion) {
            let all = rest.days(of: region.combination)
            rest.remove(region.combination, region.days)
            if let incident = incident(region, uncharged: missed.uncharged, late: missed.late, days: all) {
                incidents.append(incident)
            }
        }
        let order = incidents.enumerated().sorted {
            ($1.element.uncharged + $1.element.late, $0.element.firstDay, $0.offset)
                < ($0.element.uncharged + $0.element.late, $1.element.firstDay, $1.offset)
        }
        return (order.map(\.element), unexplained)
    }

    private func incident(
        _ region: IncidentRegion, uncharged: [MissedRenewal], late: [MissedRenewal], days: DayCounts
    ) -> Incident? {
        guard let firstDay = subscriptions.window.from.adding(days: region.days.lowerBound),
            let lastDay = subscriptions.window.from.adding(days: region.days.upperBound)
        else { return nil }
        var amounts = MoneyTally()
        for renewal in uncharged {
            amounts.add(amount: renewal.amount, currency: subscriptions.rows[Int(renewal.row)].currencyCode)
        }
        let trace = late.count > uncharged.count ? LateTrace.trace(late) ?? .hole : .hole
        return Incident(
            firstDay: firstDay, lastDay: lastDay, conditions: conditions(region.combination),
            due: days.count(region.days).due, uncharged: uncharged.count, late: late.count, amounts: amounts,
            trace: trace, pattern: pattern(region, days: days))
    }

    /// The name of what the region looks like, if it has one.
    private func pattern(_ region: IncidentRegion, days: DayCounts) -> Incident.Pattern? {
        let (first, last) = (region.days.lowerBound, region.days.upperBound)
        let before = first > 0 ? days.count(0...(first - 1)) : MissCount()
        let after = last + 1 < days.days ? days.count((last + 1)...(days.days - 1)) : MissCount()
        if first == last, before.due > 0, after.due > 0 { return .oneLostDay }
        guard region.combination.dimensions.contains(.offer), before.due > 0 else { return nil }
        // So few charged renewals since that the incident may well go on.
        let charged = Double(after.due) * -naturalLogarithm(1 - min(region.count.share, 0.95))
        return charged < naturalLogarithm(100) ? .planFromADayOn : nil
    }

    private func conditions(_ combination: Combination) -> [Incident.Condition] {
        combination.dimensions.members.map { dimension in
            let value = combination.values[dimension]
            let text: [UInt8] =
                switch dimension {
                case .offer: subscriptions.offers.bytes(UInt32(bitPattern: value))
                case .paymentMethod: subscriptions.paymentMethods.bytes(UInt32(bitPattern: value))
                case .cycle:
                    Array(
                        (value > 0 ? BillingCycle(days: Int(value)) : BillingCycle(months: -Int(value)))
                            .map(\.description)?.utf8 ?? "".utf8)
                case .currency:
                    Array(Currency(packedCode: UInt32(bitPattern: value))?.alphabeticCode.utf8 ?? "".utf8)
                case .activationDay: Array((value == 0 ? "1-10" : "11-31").utf8)
                }
            return Incident.Condition(dimension: dimension, value: text)
        }
    }

    /// The parked accounts among misses that no incident explains, which stand together by subscription.
    func parkedAccounts(_ missed: [MissedRenewal], outside: MissCount) -> [ParkedAccount] {
        let fewest = ParkedAccount.fewestInARow(due: outside.due, background: outside.share * 1.5)
        var found: [ParkedAccount] = []
        var start = 0
        for end in 1..<max(1, missed.count + 1) where end == missed.count || missed[end].row != missed[start].row {
            if let account = ParkedAccount(missed[start..<end], of: subscriptions, fewest: fewest) {
                found.append(account)
            }
            start = end
        }
        return found
    }
}
