import ArrearsRecovery
import BillingValues
import DelimitedText
import RenewalAudit

/// `recovery-plan.csv`: one row for each instalment.
public struct RecoveryPlanTable {
    /// The columns, in their order.
    public static let columns = [
        "subscription_id", "msisdn", "instalment", "of", "collect_on", "period_start", "period_end", "amount",
        "currency",
    ]

    private let outcome: AuditOutcome
    private let masked: Bool
    private let writer = FieldWriter()

    /// The table of an outcome; phone numbers masked if asked for.
    public init(_ outcome: AuditOutcome, masked: Bool) {
        self.outcome = outcome
        self.masked = masked
    }

    /// Writes the table piece by piece, the header row first.
    public func write<Failure: Error>(to sink: ([UInt8]) throws(Failure) -> Void) throws(Failure) {
        var bytes: [UInt8] = []
        writer.appendRecord(Self.columns, to: &bytes)
        for instalment in outcome.plan.instalments {
            let msisdn = outcome.subscriptions.msisdn(instalment.row)
            writer.append(field: outcome.subscriptions.subscriptionIdentifier(instalment.row), to: &bytes)
            writer.appendDelimiter(to: &bytes)
            writer.append(field: masked ? PhoneNumberMask.mask(msisdn) : msisdn, to: &bytes)
            bytes.append(contentsOf: ",\(instalment.number),\(instalment.count),".utf8)
            instalment.collectOn.write(to: &bytes)
            writer.appendDelimiter(to: &bytes)
            instalment.period.start.write(to: &bytes)
            writer.appendDelimiter(to: &bytes)
            instalment.period.end.write(to: &bytes)
            writer.appendDelimiter(to: &bytes)
            instalment.amount.writeAmount(to: &bytes)
            bytes.append(contentsOf: ",\(instalment.amount.currency)\n".utf8)
            if bytes.count > 1 << 16 {
                try sink(bytes)
                bytes.removeAll(keepingCapacity: true)
            }
        }
        try sink(bytes)
    }
}
