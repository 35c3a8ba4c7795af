import BillingRecords
import BillingValues
import DelimitedText
import RenewalAudit

/// `incidents.csv`: one row for each systemic cause, then one for each parked account.
public struct IncidentTable {
    /// The columns, in their order.
    public static let columns = [
        "incident", "first_day", "last_day", "dimensions", "due", "uncharged", "share", "amount", "currency",
        "fingerprint",
    ]

    private let causes: SystemicCauses
    private let subscriptions: Subscriptions

    /// The table of an outcome.
    public init(_ outcome: AuditOutcome) {
        causes = outcome.causes
        subscriptions = outcome.subscriptions
    }

    /// How many rows there are below the header row.
    public var count: Int { causes.incidents.count + causes.parkedAccounts.count }

    /// The whole table.
    public var bytes: [UInt8] {
        let writer = FieldWriter()
        var bytes: [UInt8] = []
        writer.appendRecord(Self.columns, to: &bytes)
        for (place, incident) in causes.incidents.enumerated() {
            writer.appendRecord(Self.row(incident, number: place + 1), to: &bytes)
        }
        for (place, account) in causes.parkedAccounts.enumerated() {
            let identifier = String(decoding: subscriptions.subscriptionIdentifier(account.row), as: UTF8.self)
            let row = [
                "\(causes.incidents.count + place + 1)", "\(account.firstDay)", "\(account.lastDay)",
                IncidentWords.condition("subscription_id", identifier), "\(account.uncharged)",
                "\(account.uncharged)", IncidentWords.share(account.uncharged, of: account.uncharged),
                AmountText.plain(Int128(account.amount.minorUnits), exponent: account.amount.currency.exponent),
                account.amount.currency.alphabeticCode, Incident.Pattern.parkedAccount.rawValue,
            ]
            writer.appendRecord(row, to: &bytes)
        }
        return bytes
    }

    private static func row(_ incident: Incident, number: Int) -> [String] {
        [
            "\(number)", "\(incident.firstDay)", "\(incident.lastDay)", IncidentWords.conditions(incident),
            "\(incident.due)", "\(incident.uncharged)", IncidentWords.share(incident.uncharged, of: incident.due),
            incident.amounts.sorted.map(AmountText.plain).joined(separator: " "),
            incident.amounts.sorted.map(AmountText.code).joined(separator: " "), IncidentWords.fingerprint(incident),
        ]
    }
}
