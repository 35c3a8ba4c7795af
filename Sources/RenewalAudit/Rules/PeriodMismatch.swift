import BillingRecords
import BillingValues

/// A renewal charge states a period that the contract does not have.
///
/// Its first day is the first day of no cycle, or its last day is not the cycle's last; or it states no period and no
/// renewal is due near its day. When the stated first day is within the grace of a due renewal, the charge counts as
/// that renewal's payment; otherwise the renewals whose days it covers are `undecided`, so that nobody is charged
/// twice for a period that the billing system dated differently. A period of several whole cycles is none of these: the
/// charge pays each of them.
///
/// Not to be confused with: `charged-late`, where the period is right and the day of the charge is not.
///
/// What to do: check the anchor day and the cycle of the subscription; a whole plan with shifted periods has changed
/// its billing day.
enum PeriodMismatch: RenewalRule {
    /// The rule's identifier.
    static let rule = AuditRule.periodMismatch

    /// What the rule finds in the account of a subscription.
    static func discrepancies(in account: SubscriptionAccount) -> [Discrepancy] {
        guard let terms = account.terms else { return [] }
        var found: [Discrepancy] = []
        for misplaced in account.misplaced.sorted(by: SubscriptionAccount.Misplaced.standsBefore) {
            let day = misplaced.charge.periodStart ?? misplaced.charge.chargedOn
            guard let day, account.audit.window.contains(day) else { continue }
            let isForeign = misplaced.charge.currency != terms.price.currency.packedCode
            let sameStart = found.firstIndex { $0.period?.start == misplaced.charge.periodStart }
            if let sameStart {
                found[sameStart].charges.append(misplaced.charge.position)
                let sum = found[sameStart].charged?.addingReportingOverflow(misplaced.charge.amount)
                found[sameStart].charged = sum.flatMap { $0.overflow || isForeign ? nil : $0.partialValue }
                continue
            }
            found.append(
                Discrepancy(
                    rule: rule, subject: .subscription(row: account.row), period: misplaced.statedPeriod,
                    dueOn: misplaced.nearRenewal?.start,
                    expected: misplaced.nearPrice,
                    charged: isForeign ? nil : misplaced.charge.amount, currency: terms.price.currency,
                    confidence: misplaced.nearRenewal == nil ? .medium : .high, charges: [misplaced.charge.position],
                    reason: reason(misplaced)))
        }
        for place in found.indices { found[place].charges.sort() }
        return found
    }

    private static func reason(_ misplaced: SubscriptionAccount.Misplaced) -> String {
        guard misplaced.charge.periodStart != nil else { return "states no period, and no renewal is due near its day" }
        guard let near = misplaced.nearRenewal else { return "the contract has no cycle that starts on this day" }
        if near.start == misplaced.charge.periodStart { return "the renewal's period ends on \(near.end)" }
        return "counted for the renewal due on \(near.start)"
    }
}

extension SubscriptionAccount.Misplaced {
    /// The period that the charge states; without a last day, the day itself.
    var statedPeriod: BillingPeriod? {
        period ?? charge.periodStart.flatMap { BillingPeriod(start: $0, end: $0) }
    }

    /// Whether the finding on charges with one first day says what this charge states, and not what another one does.
    ///
    /// By their values alone, so that the order of rows changes no finding.
    fileprivate static func standsBefore(_ one: Self, _ other: Self) -> Bool { one.order < other.order }

    private var order: (Int32, Int32, Int32, Int64) {
        (
            statedPeriod?.start.dayNumber ?? .min, statedPeriod?.end.dayNumber ?? .min,
            charge.chargedOn?.dayNumber ?? .min, charge.amount
        )
    }
}
