import ArrearsRecovery
import BillingRecords
import BillingValues
import RenewalAudit
import Testing

/// Lines of which nobody charged anything, and the recovery of what they owe.
struct RecoveryCase {
    let subscriptions: Subscriptions
    let discrepancies: [Discrepancy]
    let decidedOn: CivilDate

    /// An audit from `from` to `to` of lines without a single charge; each of their renewals is uncharged.
    ///
    /// Events that contradict the lines are a mistake of the test, unless it says that they are `contradicting`.
    init(
        _ lines: [RenewalTerms], from: CivilDate, to: CivilDate, decidedOn: CivilDate, events: [SubscriptionEvent] = [],
        contradicting: Bool = false
    ) throws {
        let terms = AuditTerms(window: try #require(AuditWindow(from: from, to: to)), decidedOn: decidedOn)
        var table = Subscriptions(window: terms.window)
        var batch = SubscriptionBatch()
        var block: [UInt8] = []
        for (ordinal, line) in lines.enumerated() {
            let identifier = Array(Self.identifier(ordinal).utf8)
            let text = BatchText(start: UInt32(block.count), length: UInt32(identifier.count), isUnescaped: false)
            batch.subscriptions.append(
                SubscriptionRecord(
                    subscription: text, msisdn: .empty, offer: .empty, paymentMethod: .empty, terms: line,
                    byteOffset: text.start, ordinal: UInt32(ordinal)))
            block += identifier
        }
        table.append(batch, block: block.span, blockOrdinal: 0)
        try #require(table.buildIndex().isEmpty)
        let faults = table.join(events, files: ["events.csv"]).events
        try #require(faults.isEmpty || contradicting)
        let sieve = ChargeSieve(subscriptions: table, claims: ClaimedPeriods(table), terms: terms)
        let verdicts = RenewalJudge(sieve, audit: terms).judge(rows: 0..<table.count)
        discrepancies = DiscrepancyOrder.sorted(verdicts.discrepancies, subscriptions: table)
        subscriptions = table
        self.decidedOn = decidedOn
    }

    /// One line, written as text: activated on, ended on or nothing, cycle.
    ///
    /// `event` is its only one: what, effective on, until or nothing, value.
    init(
        _ line: String, window: String, decidedOn: String, event: String? = nil, contradicting: Bool = false
    ) throws {
        let days = window.split(separator: " ").compactMap { CivilDate(String($0)) }
        try #require(days.count == 2)
        let terms = try Self.line(line, price: 999)
        let parts = event?.split(separator: ",", omittingEmptySubsequences: false).map(String.init) ?? []
        let events: [SubscriptionEvent] =
            parts.isEmpty
            ? []
            : [
                SubscriptionEvent(
                    subscription: Array(Self.identifier(0).utf8),
                    kind: EventKind(word: Array(parts[0].utf8)),
                    effectiveOn: CivilDate(parts[1]), until: CivilDate(parts[2]), value: Array(parts[3].utf8),
                    isSound: true, source: .init(file: 0, line: 2, record: 1, byteOffset: 0))
            ]
        try self.init(
            [terms], from: days[0], to: days[1], decidedOn: try #require(CivilDate(decidedOn)), events: events,
            contradicting: contradicting)
    }

    /// A line, written as text: activated on, ended on or nothing, cycle.
    static func line(_ text: String, price: Int64) throws -> RenewalTerms {
        let fields = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        return RenewalTerms(
            activatedOn: try #require(CivilDate(fields[0])), endedOn: CivilDate(fields[1]),
            cycle: try #require(BillingCycle(fields[2])), price: Money(minorUnits: price, currency: .eur))
    }

    /// The id of the line at a place; it sorts as the place does.
    static func identifier(_ place: Int) -> String { "L\(10_000 + place)" }

    func plan(_ policy: RecoveryPolicy = .standard) -> RecoveryPlan {
        RecoveryPlan(discrepancies, subscriptions: subscriptions, policy: policy, decidedOn: decidedOn)
    }
}

extension RecoveryPlan {
    /// The plan as lines: number of count, day of collection, first day of the period; then what is not collected.
    var text: String {
        let collected = instalments.map { instalment in
            "\(instalment.number)/\(instalment.count) \(instalment.collectOn) for \(instalment.period.start)"
                + (instalment.isOld ? " old" : "")
        }
        return (collected + uncollected.map { "\($0.reason.rawValue) \($0.period.start)" }).joined(separator: "\n")
    }

    /// The days of collection in a plan's text, without their year.
    static func days(in text: String) -> String {
        text.split(separator: "\n").map { String($0.split(separator: " ")[1].dropFirst(5)) }.joined(separator: " ")
    }
}
