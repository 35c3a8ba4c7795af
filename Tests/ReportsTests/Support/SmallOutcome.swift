import ArrearsRecovery
import BillingRecords
import BillingValues
import Testing

@testable import BillingFiles
@testable import RenewalAudit
@testable import Reports

/// A small outcome made by hand, with one of each thing that reports have to write.
struct SmallOutcome {
    let outcome: AuditOutcome
    let citations: CitedCharges

    private static let rows = #"""
        S1,393331234567,Easy Pay,2024-01-31,,P1M,9.99,EUR,card
        "S,2",393339999999,"Family ""Anno""",2024-03-15,,P30D,1200,JPY,prepaid_credit
        S3,12,Fibra\#u{1B}[31m,2024-06-01,2025-04-20,P1M,24.900,KWD,card
        S4,393331111111,Easy Pay,2024-02-30,,P1M,9.99,EUR,card
        S5,393332222222,Easy Pay,2024-01-05,,P1Y,1000000.00,EUR,card

        """#

    init(graceDaysAfter: Int = 5) throws {
        let from = try #require(CivilDate("2025-01-01"))
        let to = try #require(CivilDate("2025-04-01"))
        let window = try #require(AuditWindow(from: from, to: to))
        let terms = AuditTerms(
            window: window,
            policy: MatchingPolicy(graceDaysBefore: 5, graceDaysAfter: graceDaysAfter, pendingDays: 5))
        let subscriptions = try Self.subscriptions(window: terms.window)
        citations = Self.citations
        let discrepancies = DiscrepancyOrder.sorted(try Self.discrepancies(), subscriptions: subscriptions)
        var verdicts = RenewalVerdicts()
        var due = DueCounts(subscriptions)
        for row in 0..<subscriptions.count {
            let count = subscriptions.dueCount(row)
            if count > 0 { due.add(count, group: RenewalGroup(row: row, in: subscriptions)) }
        }
        verdicts.count(subscriptions: subscriptions.count, due: due)
        verdicts.add(discrepancies)
        outcome = AuditOutcome(
            terms: terms, recoveryPolicy: .standard,
            inputs: [
                AuditOutcome.Input(role: "subscriptions", name: "subscriptions.csv", records: 5, rejected: 1),
                AuditOutcome.Input(role: "charges", name: "charges \"1\".csv", records: 12_431, rejected: 7),
            ],
            findings: Self.findings, subscriptions: subscriptions, verdicts: verdicts, discrepancies: discrepancies,
            plan: RecoveryPlan(
                discrepancies, subscriptions: subscriptions, policy: .standard, decidedOn: terms.decidedOn),
            tally: Self.tally, newestCharge: to.adding(days: 2)?.dayNumber ?? 0,
            counts: AuditCounts(verdicts: verdicts, discrepancies: discrepancies, subscriptions: subscriptions),
            causes: try Self.causes())
    }

    private static func subscriptions(window: AuditWindow) throws -> Subscriptions {
        let header = BlockSequence.Header(
            names: NativeColumns.subscriptions.map { Array($0.utf8) }, bytes: [], lines: 1)
        var decoder = try NativeFiles.subscriptionDecoder(header: header, file: "subscriptions.csv").get()
        var batch = SubscriptionBatch()
        let bytes = Array(rows.utf8)
        let block = Block(
            ordinal: 0, file: 0, fileOffset: 0, storage: bytes + [UInt8](repeating: 0, count: Block.padding),
            count: bytes.count, isLast: true)
        _ = decoder.decode(block, into: &batch)
        var subscriptions = Subscriptions(window: window)
        subscriptions.append(batch, block: block.storage.span, blockOrdinal: 0)
        _ = subscriptions.buildIndex()
        return subscriptions
    }

    private static func causes() throws -> SystemicCauses {
        var amounts = MoneyTally()
        for _ in 0..<12_431 { amounts.add(amount: 999, currency: Currency.eur.packedCode) }
        amounts.add(amount: 1200, currency: Currency.jpy.packedCode)
        let first = Incident(
            firstDay: try #require(CivilDate("2025-03-03")), lastDay: try #require(CivilDate("2025-05-28")),
            conditions: [
                Incident.Condition(dimension: .offer, value: Array("Easy Pay".utf8)),
                Incident.Condition(dimension: .paymentMethod, value: Array("card; \u{1B}[31mnew".utf8)),
            ],
            due: 12_802, uncharged: 12_432, late: 0, amounts: amounts, trace: .hole, pattern: .planFromADayOn)
        let second = Incident(
            firstDay: try #require(CivilDate("2024-12-31")), lastDay: try #require(CivilDate("2024-12-31")),
            conditions: [], due: 40, uncharged: 0, late: 38, amounts: MoneyTally(), trace: .burst,
            pattern: .oneLostDay)
        let parked = ParkedAccount(
            row: 1, firstDay: try #require(CivilDate("2025-01-09")), lastDay: try #require(CivilDate("2025-03-10")),
            uncharged: 3, amount: Money(minorUnits: 3600, currency: .jpy))
        return SystemicCauses(
            incidents: [first, second], parkedAccounts: [parked], isolated: 4, dueOutside: 100_000,
            unchargedOutside: 7)
    }

    private static let positions = (0..<3).map { RecordPosition(block: 0, byteOffset: $0 * 60, record: $0) }

    private static var citations: CitedCharges {
        CitedCharges(
            positions: Array(positions[..<2]),
            charges: [
                CitedCharge(identifier: Array("C1".utf8), file: "charges.csv", line: 2),
                CitedCharge(identifier: Array("C,\"2\"".utf8), file: "charges.csv", line: 3),
            ])
    }

    private static func period(_ start: String, _ end: String) throws -> BillingPeriod {
        let first = try #require(CivilDate(start))
        let last = try #require(CivilDate(end))
        return try #require(BillingPeriod(start: first, end: last))
    }

    private static func discrepancies() throws -> [Discrepancy] {
        func uncharged(_ row: Int, _ start: String, _ end: String, _ amount: Int64, _ currency: Currency) throws
            -> Discrepancy
        {
            Discrepancy(
                rule: .unchargedRenewal, subject: .subscription(row: row), period: try period(start, end),
                dueOn: CivilDate(start), expected: amount, charged: 0, currency: currency, confidence: .high,
                charges: [], reason: "no charge for the period")
        }
        return [
            try uncharged(0, "2025-01-31", "2025-02-27", 999, .eur),
            try uncharged(0, "2025-02-28", "2025-03-30", 999, .eur),
            try uncharged(2, "2025-02-01", "2025-02-28", 24_900, .kwd),
            try uncharged(4, "2025-01-05", "2026-01-04", 100_000_000, .eur),
            Discrepancy(
                rule: .duplicateCharge, subject: .subscription(row: 1), period: try period("2025-01-09", "2025-02-07"),
                dueOn: CivilDate("2025-01-09"), expected: 1200, charged: 2400, currency: .jpy, confidence: .medium,
                charges: [positions[0], positions[1]], reason: "paid 2 times"),
            Discrepancy(
                rule: .collectionFailed, subject: .subscription(row: 1), period: try period("2025-02-08", "2025-03-09"),
                dueOn: CivilDate("2025-02-08"), expected: 1200, charged: nil, currency: .jpy, confidence: .high,
                charges: [positions[0]], reason: "only failed attempts"),
            Discrepancy(
                rule: .unknownSubscription, subject: .stranger(Array("X\"9".utf8)), period: nil, dueOn: nil,
                expected: nil, charged: -500, currency: .usd, confidence: .high, charges: [positions[1], positions[2]],
                reason: "no subscription of this id"),
            Discrepancy(
                rule: .undecided, subject: .subscription(row: 3), period: nil, dueOn: nil, expected: nil, charged: nil,
                currency: nil, confidence: .low, charges: [], reason: "the contract could not be read"),
        ]
    }

    private static var findings: InputFindings {
        var findings = InputFindings()
        findings.add(
            InputFinding(
                rule: .invalidDate,
                place: Place(
                    file: "subscriptions.csv", line: 5, record: 4, column: 26, field: "activated_on", byteOffset: 300),
                found: "2024-02-30", expected: "a day of the calendar"))
        for line in 10..<17 {
            findings.add(
                InputFinding(
                    rule: .unknownKind,
                    place: Place(
                        file: "charges \"1\".csv", line: line, record: line - 1, column: 7, field: "kind",
                        byteOffset: 1000 + UInt64(line)),
                    found: "393331234567", expected: "one of the kinds"))
        }
        return findings
    }

    private static var tally: ChargeTally {
        var tally = ChargeTally()
        for _ in 0..<12_000 { tally.regular.add(amount: 999, currency: Currency.eur.packedCode) }
        for _ in 0..<421 { tally.judged.add(amount: 1200, currency: Currency.jpy.packedCode) }
        for _ in 0..<3 { tally.strangers.add(amount: -500, currency: Currency.usd.packedCode) }
        for _ in 0..<7 { tally.rejected.addUnreadable() }
        return tally
    }
}

/// All that a table writes.
func written(_ write: ((([UInt8]) -> Void)) -> Void) -> String {
    var bytes: [UInt8] = []
    write { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
}
