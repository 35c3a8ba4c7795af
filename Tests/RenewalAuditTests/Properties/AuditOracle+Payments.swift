import BillingRecords
import BillingValues
import RenewalAudit

/// Payments that state no period, from the five sentences of `CatchUp` and nothing else.
extension AuditOracle {
    func settlePayments(_ ledger: inout Ledger, cycles: [Cycle], life: Life) {
        let statesPeriods = ledger.renewals.contains { renewal in
            renewal.charges.contains {
                $0.isPosted && $0.amount > 0 && $0.currency == life.currency && $0.periodStart != nil
            }
        }
        var waiting: [(charge: CaseCharge, home: Int?, isNearLater: Bool)] = []
        var nearRenewals: [Int: [CaseCharge]] = [:]
        var nearLater: [Int: [CaseCharge]] = [:]
        for charge in ledger.payments.sorted(by: Self.isEarlier) {
            guard let day = charge.chargedOn else { continue }
            if let near = nearest(to: day, cycles: cycles) {
                if near.state == .ended || (near.number > 0 && near.state != .active) {
                    ledger.strays.append((charge, near.period.start, near.state))
                } else if let home = ledger.renewals.firstIndex(where: { $0.period == near.period }) {
                    nearRenewals[home, default: []].append(charge)
                } else if near.number > 0, near.period.start >= audit.window.to {
                    nearLater[near.number, default: []].append(charge)
                }
            } else if let ended = life.endDay(before: day), day.days(since: ended) > audit.policy.graceDaysAfter {
                ledger.strays.append((charge, nil, .ended))
            } else {
                waiting.append((charge, nil, false))
            }
        }
        for (home, charges) in nearRenewals {
            let renewal = ledger.renewals[home]
            let right = right(charges, dueOn: renewal.period.start, open: renewal.price - paid(renewal, life))
            for (index, charge) in charges.enumerated() {
                if index == right {
                    ledger.renewals[home].charges.append(charge)
                } else {
                    waiting.append((charge, home, false))
                }
            }
        }
        var paidLater: Set<Int> = []
        for (number, charges) in nearLater {
            let right = right(charges, dueOn: cycles[number].period.start, open: cycles[number].price)
            // Choice: a line that states its periods has paid later ones with charges that nobody looks at here.
            let takesOne = right != nil && !statesPeriods
            if takesOne { paidLater.insert(number) }
            for (index, charge) in charges.enumerated() where !(takesOne && index == right) {
                waiting.append((charge, nil, true))
            }
        }
        // Choice: a payment made when a renewal behind the window was due, and nothing says that it is paid, may be of it.
        let doubtful = cycles.first { cycle in
            let isActive = cycle.number == 0 ? cycle.state != .ended : cycle.state == .active
            return cycle.period.start >= audit.window.to && isActive
                && (statesPeriods || !paidLater.contains(cycle.number))
        }
        let isOptional = { (charge: CaseCharge) in
            guard let doubtful, let day = charge.chargedOn else { return false }
            return doubtful.period.start.days(since: day) <= audit.policy.graceDaysBefore
        }
        // Whether the line states its periods a rejected row may decide.
        ledger.hasLatePayments = !waiting.isEmpty || !nearLater.isEmpty
        waiting.sort { Self.isEarlier($0.charge, $1.charge) }
        var game = CatchUpGame(ledger.renewals.map { open($0, life) }, audit)
        for (charge, home, isNearLater) in waiting where !isOptional(charge) {
            if game.play(charge, home: home) == .nothing, !isNearLater { ledger.openPayments.append(charge) }
        }
        game.end()
        for index in ledger.renewals.indices {
            ledger.renewals[index].charges += game.renewals[index].payments
            if game.renewals[index].isDoubtful {
                ledger.renewals[index].isDoubtful = true
                ledger.renewals[index].hasOpenPayment = true
            }
        }
        for charge in game.tooMany { doubtUnpaid(&ledger, charge) }
        for (charge, home, isNearLater) in waiting where isOptional(charge) {
            let fitting = game.fitting(charge)
            for index in fitting {
                ledger.renewals[index].isDoubtful = true
                ledger.renewals[index].hasOpenPayment = true
            }
            guard fitting.isEmpty else { continue }
            if let home {
                ledger.renewals[home].charges.append(charge)
            } else if !isNearLater {
                ledger.openPayments.append(charge)
            }
        }
    }

    private func paid(_ renewal: Renewal, _ life: Life) -> Int64 {
        renewal.charges.filter { $0.isPosted && $0.amount > 0 && $0.currency == life.currency }
            .reduce(0) { $0 + $1.amount }
    }

    /// Choice: of several payments that are on time and right the nearest to the due day is the renewal's own.
    private func right(_ charges: [CaseCharge], dueOn due: CivilDate, open: Int64) -> Int? {
        let distances = charges.indices.filter { charges[$0].amount == open && open > 0 }
            .map { (abs(charges[$0].chargedOn?.days(since: due) ?? 0), $0) }
        return distances.min { $0 < $1 }?.1
    }

    /// A renewal as far as it is open to late payments.
    private func open(_ renewal: Renewal, _ life: Life) -> CatchUpGame.Renewal {
        let posted = renewal.charges.filter(\.isPosted)
        let isClosed =
            posted.contains { $0.amount < 0 || $0.currency != life.currency }
            || renewal.charges.contains { $0.pays && $0.status == .pending && $0.amount >= 0 }
        return .init(period: renewal.period, open: isClosed ? 0 : max(0, renewal.price - paid(renewal, life)))
    }
}

/// The assignment of late payments, played move by move.
struct CatchUpGame {
    struct Renewal {
        let period: BillingPeriod
        var open: Int64
        var payments: [CaseCharge] = []
        var isDoubtful = false
        /// What was paid for it since the payments last caught up, and whether others could have been paid instead.
        var draft: [CaseCharge] = []
    }

    enum Move {
        case something, nothing
    }

    private(set) var renewals: [Renewal]
    private(set) var tooMany: [CaseCharge] = []
    private let audit: AuditTerms
    private var choices: [(amount: Int64, day: CivilDate)] = []
    private var sums: Set<Int> = []

    init(_ renewals: [Renewal], _ audit: AuditTerms) {
        self.renewals = renewals
        self.audit = audit
    }

    private func due(_ day: CivilDate) -> [Int] {
        let last = day.adding(days: audit.policy.graceDaysBefore) ?? day
        return renewals.indices.filter { renewals[$0].open > 0 && renewals[$0].period.start <= last }
    }

    private func oldest(_ due: [Int], _ amount: Int64) -> [Int] {
        for count in stride(from: 2, through: due.count, by: 1)
        where due.prefix(count).reduce(0, { $0 + renewals[$1].open }) == amount {
            return Array(due.prefix(count))
        }
        return []
    }

    func fitting(_ charge: CaseCharge) -> [Int] {
        let due = due(charge.chargedOn ?? .earliest)
        return due.filter { renewals[$0].open == charge.amount } + oldest(due, charge.amount)
    }

    mutating func play(_ charge: CaseCharge, home: Int?) -> Move {
        let day = charge.chargedOn ?? .earliest
        let due = due(day)
        let equal = due.filter { renewals[$0].open == charge.amount }
        let oldest = oldest(due, charge.amount)
        defer {
            // Nothing is left open: whoever paid what, everything is paid.
            if self.due(day).isEmpty { settle() }
        }
        if !equal.isEmpty, !oldest.isEmpty {
            for index in equal + oldest {
                renewals[index].isDoubtful = true
                renewals[index].open = 0
            }
            return .something
        }
        let own = equal.last { renewals[$0].period.start <= day && day <= renewals[$0].period.end }
        if let own {
            renewals[own].payments.append(charge)
            renewals[own].open = 0
            return .something
        }
        if let first = equal.first {
            if equal.count > 1 { choices.append((charge.amount, day)) }
            renewals[first].draft.append(charge)
            renewals[first].open = 0
            return .something
        }
        for index in oldest {
            var part = charge
            part.amount = renewals[index].open
            renewals[index].draft.append(part)
            renewals[index].open = 0
            sums.insert(index)
        }
        if !oldest.isEmpty { return .something }
        guard let home else { return .nothing }
        if renewals[home].open == 0 { tooMany.append(charge) }
        renewals[home].payments.append(charge)
        renewals[home].open = max(0, renewals[home].open - charge.amount)
        return .something
    }

    private mutating func settle() {
        for index in renewals.indices {
            renewals[index].payments += renewals[index].draft
            renewals[index].draft = []
        }
        choices = []
        sums = []
    }

    mutating func end() {
        guard let last = choices.map(\.day).max() else { return settle() }
        let amounts = Set(choices.map(\.amount))
        let reachable = due(last)
        for index in renewals.indices {
            let isChoice = renewals[index].draft.contains { amounts.contains($0.amount) } || sums.contains(index)
            if isChoice || (reachable.contains(index) && amounts.contains(renewals[index].open)) {
                renewals[index].draft = []
                renewals[index].isDoubtful = true
                renewals[index].open = 0
            }
        }
        settle()
    }
}
