import BillingRecords
import BillingValues
import RenewalAudit
import TestSupport

/// The charges of a line, each with what must be found of it.
extension RandomOffers {
    /// Charges the periods of a line: the first collections as a whole or in parts, all others one by one.
    mutating func charge(_ oracle: CalendarOracle) {
        guard let last = input.terms.window.to.adding(days: 60) else { return }
        var periods = oracle.periods(until: last)
        var feeIsOpen = (oracle.offer.activationFee ?? 0) > 0
        var feeDay = oracle.terms.activatedOn
        if let band = oracle.band {
            var next = oracle.firstRenewal
            for collection in band.collections {
                let numbers = next..<(next + collection.periods)
                next += collection.periods
                let carried = periods.filter { numbers.contains($0.number) }
                periods.removeAll { numbers.contains($0.number) }
                let fee = collection.carriesActivationFee ? oracle.offer.activationFee ?? 0 : 0
                let dueOn = oracle.day(of: collection)
                if collection.carriesActivationFee { feeDay = dueOn }
                if carried.count < numbers.count {
                    // It lies so far behind the window that some of its periods were not worked out.
                    for period in carried { chargeAlone(period, of: oracle) }
                } else if collect(carried, fee: fee, on: dueOn, of: oracle) {
                    feeIsOpen = false
                }
            }
        }
        for period in periods { chargeAlone(period, of: oracle) }
        guard let fee = oracle.offer.activationFee, fee > 0 else { return }
        if feeIsOpen, random.once(in: 2) {
            let kind = random.once(in: 3) ? ChargeKind.oneOff : .activation
            input.charges.append(charge(oracle, kind, oracle.terms.activatedOn, nil, fee))
            feeIsOpen = false
        }
        // A line that nobody needs a calendar for keeps no account of its fee, nor do lines of another time.
        if feeIsOpen, input.terms.window.contains(oracle.terms.activatedOn), feeDay < input.terms.window.to {
            expect(.unchargedActivationFee, oracle, oracle.terms.activatedOn, fee)
        }
    }

    /// Charges what a collection carries; returns whether the fee needs no other charge.
    private mutating func collect(
        _ periods: [CalendarOracle.Period], fee: Int64, on dueOn: CivilDate, of oracle: CalendarOracle
    ) -> Bool {
        let due = periods.filter { $0.state == .due && $0.amount > 0 }
        let isCertain = periods.allSatisfy { $0.certainty == .certain }
        let sum = due.reduce(fee) { $0 + $1.amount }
        let mode = random.number(0...5)
        guard isCertain, due.count + (fee > 0 ? 1 : 0) > 1, mode < 4 else {
            for period in periods { chargeAlone(period, of: oracle) }
            return false
        }
        for period in periods where !due.contains(where: { $0.number == period.number }) {
            chargeAlone(period, of: oracle, isCharged: false)
        }
        switch mode {
        case 0:  // One sum without a period.
            let kind = fee > 0 && random.once(in: 2) ? ChargeKind.activation : .renewal
            input.charges.append(charge(oracle, kind, dueOn, nil, sum))
        case 1:  // In two parts that are parts of nothing.
            let part = sum / 2 + 1
            guard isNoRun(part, due, fee), isNoRun(sum - part, due, fee) else { return missed(due, oracle) }
            input.charges.append(charge(oracle, .renewal, dueOn, nil, part))
            input.charges.append(
                charge(oracle, .renewal, dueOn.adding(days: random.number(0...2)) ?? dueOn, nil, sum - part))
        case 2:  // A sum that comes to nothing.
            let wrong = random.once(in: 2) ? sum - 1 : sum + 1
            guard isNoRun(wrong, due, fee) else { return missed(due, oracle) }
            input.charges.append(charge(oracle, .renewal, dueOn, nil, wrong))
            for period in due where isJudged(period) { expect(.undecided, oracle, period.start, period.amount) }
        default:  // Each part without a period, in turn.
            if fee > 0 { input.charges.append(charge(oracle, .activation, dueOn, nil, fee)) }
            for period in due { input.charges.append(charge(oracle, .renewal, dueOn, nil, period.amount)) }
        }
        return fee > 0
    }

    private mutating func missed(_ due: [CalendarOracle.Period], _ oracle: CalendarOracle) -> Bool {
        for period in due where isJudged(period) { expect(.unchargedRenewal, oracle, period.start, period.amount) }
        return false
    }

    /// Whether no parts that follow each other, the fee ahead of them or not, come to an amount.
    private func isNoRun(_ amount: Int64, _ due: [CalendarOracle.Period], _ fee: Int64) -> Bool {
        let parts = (fee > 0 ? [fee] : []) + due.map(\.amount)
        for first in parts.indices {
            for last in first..<parts.count where parts[first...last].reduce(0, +) == amount { return false }
        }
        return amount > 0
    }

    /// Charges a period with a charge that states it, or not, and says what is found.
    private mutating func chargeAlone(
        _ period: CalendarOracle.Period, of oracle: CalendarOracle, isCharged: Bool = true
    ) {
        guard period.state != .ended else { return }
        guard period.state == .due else {
            guard isCharged, random.once(in: 4), input.terms.window.contains(period.start) else { return }
            input.charges.append(charge(oracle, .renewal, period.dueOn, period, 555))
            expect(period.state == .free ? .chargeInFreePeriod : .chargeWhileSuspended, oracle, period.start, 0)
            return
        }
        guard period.amount > 0 || period.certainty != .certain else { return }
        let isJudged = isJudged(period)
        var paid = charge(oracle, .renewal, period.dueOn, period, period.amount)
        var rule: AuditRule?
        switch random.number(0...11) {
        case 0, 1:
            rule = .unchargedRenewal
            paid.amount = 0
        case 2:
            paid.chargedOn = period.dueOn.adding(days: random.number(6...40))
            rule = .chargedLate
        case 3:
            paid.amount += 1
            rule = .wrongAmount
        case 4:
            paid.amount -= 1
            rule = paid.amount > 0 ? .partialCharge : .unchargedRenewal
        case 5:
            // Twice, and the second time as much as the fee: it states its period, so it does not pay the fee.
            guard let fee = oracle.offer.activationFee, fee >= period.amount, period.certainty == .certain else {
                break
            }
            input.charges.append(paid)
            paid.amount = fee
            rule = .duplicateCharge
        default: break
        }
        if paid.amount > 0 { input.charges.append(paid) }
        guard isJudged else { return }
        switch period.certainty {
        case .certain: break
        case .contradicted: if rule != nil && rule != .chargedLate { rule = .undecided }
        case .unknown:
            rule = .undecided
            unknown.insert(verdict(.undecided, oracle, period.start))
        }
        if let rule { expect(rule, oracle, period.start, period.amount) }
    }

    private func isJudged(_ period: CalendarOracle.Period) -> Bool {
        period.state == .due && input.terms.window.contains(period.start) && period.dueOn < input.terms.window.to
    }

    private func verdict(_ rule: AuditRule, _ oracle: CalendarOracle, _ start: CivilDate) -> Verdict {
        Verdict(rule: rule, subscription: oracle.subscription.identifier, periodStart: start)
    }

    private mutating func expect(_ rule: AuditRule, _ oracle: CalendarOracle, _ start: CivilDate, _ amount: Int64) {
        expected.insert(Judgement(verdict: verdict(rule, oracle, start), expected: amount, charged: nil))
    }

    private func charge(
        _ oracle: CalendarOracle, _ kind: ChargeKind, _ day: CivilDate, _ period: CalendarOracle.Period?,
        _ amount: Int64
    ) -> CaseCharge {
        CaseCharge(
            subscription: oracle.subscription.identifier, kind: kind, chargedOn: day, periodStart: period?.start,
            periodEnd: period?.end, amount: amount, currency: .eur, status: .posted)
    }
}
