import BillingRecords
import BillingValues

/// Lays the account of a subscription and the findings on it out by days.
struct HistoryBuilder {
    private let account: SubscriptionAccount
    private var entries: [SubscriptionHistory.Entry] = []
    private var used: Set<RecordPosition> = []

    /// For an account whose charges are all assigned.
    init(_ account: SubscriptionAccount) {
        self.account = account
        for period in account.periods { add(period) }
    }

    /// Adds the times of the window for which the calendar has nothing due.
    mutating func addIdleTimes(of calendar: some RenewalCalendar) {
        var last: (place: Int, reason: String)?
        var day = account.audit.window.from
        while day < account.audit.window.to {
            if let index = calendar.index(startingOn: day), index >= calendar.firstRenewal,
                let period = calendar.period(index)
            {
                if let obstacle = calendar.obstacle(ofCycle: index) {
                    // Periods behind each other with one reason are one time.
                    if let known = last, known.reason == obstacle.reason,
                        let whole = entries[known.place].period.flatMap({
                            BillingPeriod(start: $0.start, end: period.end)
                        })
                    {
                        entries[known.place] = SubscriptionHistory.Entry(
                            day: whole.start, period: whole, kind: .nothingDue(reason: obstacle.reason))
                    } else {
                        last = (entries.count, obstacle.reason)
                        entries.append(
                            SubscriptionHistory.Entry(
                                day: day, period: period, kind: .nothingDue(reason: obstacle.reason)))
                    }
                } else {
                    last = nil
                }
            }
            guard let next = day.adding(days: 1) else { break }
            day = next
        }
    }

    /// Adds events with their days, in words.
    mutating func add(events: [(day: CivilDate?, text: String)]) {
        for event in events {
            entries.append(SubscriptionHistory.Entry(day: event.day, period: nil, kind: .event(event.text)))
        }
    }

    /// Adds the charges that belong to no renewal.
    mutating func addCharges() {
        for notDue in account.notDue {
            let days = notDue.charges.compactMap(\.chargedOn)
            let day = notDue.start ?? days.min()
            let place = entries.firstIndex { $0.isIdle && notDue.start.map($0.covers) ?? false }
            let charges = notDue.charges.map { HistoryCharge(position: $0.position, use: .outOfPlace) }
            if let place {
                entries[place].charges += charges
            } else {
                var entry = SubscriptionHistory.Entry(
                    day: day, period: nil, kind: .nothingDue(reason: notDue.obstacle.reason))
                entry.charges = charges
                entries.append(entry)
            }
            used.formUnion(charges.map(\.position))
        }
        for misplaced in account.misplaced where misplaced.nearRenewal == nil {
            var entry = SubscriptionHistory.Entry(
                day: misplaced.charge.periodStart ?? misplaced.charge.chargedOn, period: misplaced.period, kind: .apart)
            entry.charges = [HistoryCharge(position: misplaced.charge.position, use: .outOfPlace)]
            entries.append(entry)
            used.insert(misplaced.charge.position)
        }
    }

    /// Adds what is known of the usage in the periods.
    mutating func add(usage: UsageEvidence) {
        for index in entries.indices {
            guard let period = entries[index].period else { continue }
            switch entries[index].kind {
            case .renewal, .nothingDue: entries[index].use = usage.use(ofRow: account.row, in: period)
            case .event, .apart: break
            }
        }
    }

    /// The history with its findings, and what of the kept charges is in none of its entries.
    mutating func history(
        findings: [Discrepancy], kept: some Sequence<KeptCharge>, otherIdentifiers: [[UInt8]]
    ) -> SubscriptionHistory {
        for finding in findings { add(finding) }
        for index in entries.indices { entries[index].charges.sort { $0.position < $1.position } }
        entries.sort { ($0.day?.dayNumber ?? .min, $0.rank) < ($1.day?.dayNumber ?? .min, $1.rank) }
        let unused = kept.filter { !used.contains($0.position) }
        return SubscriptionHistory(
            row: account.row, terms: account.terms, otherIdentifiers: otherIdentifiers, entries: entries,
            unused: unused.map { HistoryCharge(position: $0.position, use: .unused) })
    }

    private mutating func add(_ period: PeriodAccount) {
        var entry = SubscriptionHistory.Entry(
            day: period.period.start, period: period.period,
            kind: .renewal(due: period.due, settlement: period.settlement))
        entry.charges = period.payments.map { HistoryCharge(position: $0.position, use: .payment) }
        for charge in period.assigned where charge.role != .payment {
            entry.charges.append(HistoryCharge(position: charge.charge.position, use: charge.role.use))
        }
        for charge in period.doubtfulCharges where !entry.charges.contains(where: { $0.position == charge.position }) {
            entry.charges.append(HistoryCharge(position: charge.position, use: .doubtful))
        }
        used.formUnion(entry.charges.map(\.position))
        entries.append(entry)
    }

    /// Puts a finding to the entry of its period, else to the one that has its charges, else to one of its own.
    private mutating func add(_ finding: Discrepancy) {
        // A charge with a period of its own is about the renewal near it; all others about their own, whenever collected.
        let period = finding.period?.start
        let start = finding.rule == .periodMismatch ? finding.dueOn ?? period : period ?? finding.dueOn
        let place =
            start.flatMap { start in entries.firstIndex { !$0.isEvent && $0.period?.start == start } }
            ?? entries.firstIndex { entry in
                !entry.isEvent && entry.charges.contains { finding.charges.contains($0.position) }
            }
        if let place {
            entries[place].findings.append(finding)
        } else {
            var entry = SubscriptionHistory.Entry(day: start, period: finding.period, kind: .apart)
            entry.findings = [finding]
            entries.append(entry)
        }
    }
}

extension SubscriptionHistory.Entry {
    fileprivate var isEvent: Bool { if case .event = kind { true } else { false } }

    fileprivate var isIdle: Bool { if case .nothingDue = kind { true } else { false } }

    fileprivate func covers(_ day: CivilDate) -> Bool { period.map { $0.start <= day && day <= $0.end } ?? false }

    /// What comes first of the same day: what happened, then what was due, then what fits nowhere.
    fileprivate var rank: Int {
        switch kind {
        case .event: 0
        case .nothingDue: 1
        case .renewal: 2
        case .apart: 3
        }
    }
}

extension PeriodAccount {
    fileprivate var settlement: SubscriptionHistory.Settlement {
        if isUndecided { return .open }
        if due == 0 { return .nothingToPay }
        if isPaid { return .charged }
        return isInCollection ? .inCollection : .open
    }
}

extension AssignedCharge.Role {
    fileprivate var use: HistoryCharge.Use {
        switch self {
        case .payment: .payment
        case .giveBack: .giveBack
        case .zero: .zero
        case .foreign: .foreign
        case .pending: .pending
        case .failure: .failure
        }
    }
}
