import ArrearsRecovery
import BillingRecords
import BillingValues

/// The plan of the recovery for people: who pays how much from when to when, and what is left.
struct RecoveryText {
    private let plan: RecoveryPlan
    private let policy: RecoveryPolicy
    private let counts: RecoveryCounts
    private let notices: NoticeCounts
    private let style: TextStyle
    private let limit: Int

    /// The plan for the terminal; `limit` is how many months the picture has at most.
    init(_ plan: RecoveryPlan, policy: RecoveryPolicy, notices: NoticeCounts, style: TextStyle, limit: Int) {
        self.notices = notices
        self.plan = plan
        self.policy = policy
        self.style = style
        self.limit = limit
        counts = RecoveryCounts(plan)
    }

    /// The paragraph under its heading.
    var lines: [String] {
        var lines = ["", style.heading("Recovery")]
        if let first = counts.first, let last = counts.last {
            lines.append(
                "  \(AmountText.people(plan.instalments.count, "instalment")) of "
                    + "\(AmountText.people(counts.customers, "customer")), "
                    + "\(AmountText.people(counts.account.collected)), from \(first) to \(last),")
            lines.append("  \(rhythm); regular renewals are not touched")
        }
        if counts.crowdedMonths > 0 {
            lines.append(
                "  in one calendar month a customer pays two instalments or more: "
                    + AmountText.people(counts.crowdedMonths, "time"))
        }
        if counts.old > 0 {
            let age = policy.otherLimitations.isEmpty ? policy.limitation.warning.map(Self.words) : nil
            lines.append(
                "  \(AmountText.people(counts.old)) of them are older than "
                    + "\(age ?? "the warning age"): check the limitation")
        }
        if counts.account.discount.records > 0 {
            lines.append("  discount: \(AmountText.people(counts.account.discount))")
        }
        for (reason, tally) in counts.uncollected.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            lines.append(
                "  not collected: \(AmountText.people(tally.records, "renewal")), \(AmountText.people(tally)) "
                    + "(\(Self.explanation(reason)))")
        }
        return lines + ExpectedCashText(counts.months, style: style, limit: limit).lines + told
    }

    /// How many customers are told, and how.
    private var told: [String] {
        guard notices.total > 0 else { return [] }
        var parts: [String] = []
        if let count = notices.channels[.sms] {
            let cost = notices.cost.map { ", \(AmountText.people($0))" } ?? ""
            let ucs2 = notices.encodings[.ucs2].map { ", \(AmountText.people($0)) of them in UCS-2" } ?? ""
            parts.append(
                "\(AmountText.people(count, "short message")) (\(AmountText.people(notices.segments, "segment"))\(cost)\(ucs2))"
            )
        }
        if let count = notices.channels[.letter] { parts.append(AmountText.people(count, "letter")) }
        if let count = notices.channels[.call] { parts.append(AmountText.people(count, "call")) }
        let lines = ["", "  notices: \(parts.joined(separator: ", "))"]
        return notices.lacksContact ? lines + ["  they name no contact: set notices.contact in the policy"] : lines
    }

    private var rhythm: String {
        let number = policy.arrearsAtATime
        let some =
            number == 1
            ? "one missed renewal"
            : number.map { "up to \(AmountText.people($0)) missed renewals" } ?? "all missed renewals together"
        switch policy.days {
        case .cadence(.days(let days), _): return "\(some) every \(days == 1 ? "day" : "\(days) days")"
        case .cadence(.months(let months), _): return "\(some) every \(months == 1 ? "month" : "\(months) months")"
        case .cadence(.withRenewal, _): return "\(some) with each regular renewal"
        case .batches(let days): return "all at once, in \(AmountText.people(days.count, "batch", plural: "batches"))"
        }
    }

    private static func words(_ age: Limitation.Age) -> String {
        switch age {
        case .months(let count): AmountText.people(count, "month")
        case .days(let count): AmountText.people(count, "day")
        }
    }

    /// Why an arrear is not collected, in words.
    static func explanation(_ reason: UncollectedArrear.Reason) -> String {
        switch reason {
        case .ended: "the subscription ends before their turn"
        case .inferred: "inferred from the charges; see --recover-inferred"
        case .limitation: "too old to be collected"
        case .noCollectionDay: "no day of collection is left for them"
        case .leftOut: "left out by the policy"
        case .aboveCap: "more than the cap of a month"
        case .longerThanAMonth: "a period longer than what may be collected in a month"
        case .discounted: "the discount takes all of them"
        case .belowMinimum: "written off: the customer owes too little"
        case .waived: "written off: the subscription ends before their turn"
        }
    }
}
