import ArrearsRecovery
import BillingRecords
import BillingValues

extension SummaryDocument {
    /// The plan of the recovery.
    static func recovery(_ outcome: AuditOutcome) -> JSONValue {
        let recovery = RecoveryCounts(outcome.plan)
        return .object([
            ("customers", .integer(recovery.customers)), ("instalments", .integer(outcome.plan.instalments.count)),
            ("first_collection", recovery.first.map { .string($0.description) } ?? .null),
            ("last_collection", recovery.last.map { .string($0.description) } ?? .null),
            ("amounts", sums(recovery.account.collected)),
            ("older_than_warning", .integer(recovery.old)),
            ("uncollected", .array(uncollected(recovery))),
            ("account", account(recovery.account)),
            ("standings", .array(standings(recovery))),
            ("months", .array(months(recovery))),
            ("crowded_months", .integer(recovery.crowdedMonths)),
            ("notices", notices(outcome.noticeCounts)),
        ])
    }

    private static func notices(_ counts: NoticeCounts) -> JSONValue {
        .object([
            (
                "channels",
                .object(NoticeChannel.allCases.map { ($0.rawValue, .integer(counts.channels[$0] ?? 0)) })
            ),
            (
                "encodings",
                .object(SMSLength.Encoding.allCases.map { ($0.rawValue, .integer(counts.encodings[$0] ?? 0)) })
            ),
            ("segments", .integer(counts.segments)),
            (
                "cost",
                counts.cost.map { cost in
                    .object([
                        ("currency", .string(cost.currency.alphabeticCode)), ("amount", .string(cost.amountText)),
                    ])
                } ?? .null
            ),
        ])
    }

    private static func uncollected(_ recovery: RecoveryCounts) -> [JSONValue] {
        UncollectedArrear.Reason.allCases.compactMap { reason in
            guard let tally = recovery.uncollected[reason] else { return nil }
            return .object([
                ("reason", .string(reason.rawValue)), ("renewals", .integer(tally.records)), ("amounts", sums(tally)),
            ])
        }
    }

    private static func account(_ account: RecoveryAccount) -> JSONValue {
        .object([
            ("arrears", sums(account.arrears)), ("collected", sums(account.collected)),
            ("discount", sums(account.discount)), ("written_off", sums(account.writtenOff)),
            ("uncollected", sums(account.uncollected)),
        ])
    }

    private static func standings(_ recovery: RecoveryCounts) -> [JSONValue] {
        ArrearStanding.allCases.compactMap { standing in
            guard let tally = recovery.standings[standing] else { return nil }
            return .object([
                ("standing", .string(standing.rawValue)), ("renewals", .integer(tally.records)),
                ("amounts", sums(tally)),
            ])
        }
    }

    private static func months(_ recovery: RecoveryCounts) -> [JSONValue] {
        recovery.months.sorted { $0.key < $1.key }.map { month, tally in
            .object([
                ("month", .string(RecoveryCounts.name(ofMonth: month))), ("instalments", .integer(tally.records)),
                ("amounts", sums(tally)),
            ])
        }
    }
}
