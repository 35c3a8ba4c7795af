import BillingRecords
import BillingValues
import RenewalAudit

extension SummaryDocument {
    /// The systemic causes, and what is left beside them.
    static func causes(_ outcome: AuditOutcome) -> JSONValue {
        let causes = outcome.causes
        var parked = MoneyTally()
        for account in causes.parkedAccounts {
            parked.add(amount: account.amount.minorUnits, currency: account.amount.currency.packedCode)
        }
        return .object([
            ("incidents", .array(causes.incidents.map(incident))),
            (
                "parked_accounts",
                .object([
                    ("subscriptions", .integer(causes.parkedAccounts.count)),
                    ("uncharged", .integer(causes.parkedAccounts.reduce(0) { $0 + $1.uncharged })),
                    ("amounts", sums(parked)),
                ])
            ),
            ("isolated", .integer(causes.isolated)),
            (
                "elsewhere",
                .object([
                    ("due", .integer(causes.dueOutside)), ("uncharged", .integer(causes.unchargedOutside)),
                ])
            ),
        ])
    }

    private static func incident(_ incident: Incident) -> JSONValue {
        .object([
            ("first_day", .string(incident.firstDay.description)),
            ("last_day", .string(incident.lastDay.description)),
            (
                "dimensions",
                .array(
                    incident.conditions.map { condition in
                        .object([
                            ("name", .string(condition.dimension.name)),
                            ("value", .string(String(decoding: condition.value, as: UTF8.self))),
                        ])
                    })
            ),
            ("due", .integer(incident.due)), ("uncharged", .integer(incident.uncharged)),
            ("charged_late", .integer(incident.late)),
            ("share", .string(IncidentWords.share(incident.uncharged, of: incident.due))),
            ("amounts", sums(incident.amounts)), ("trace", .string(incident.trace.rawValue)),
            ("pattern", incident.pattern.map { .string($0.rawValue) } ?? .null),
        ])
    }
}
