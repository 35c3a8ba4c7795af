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

    private let instalments: [Instalment]
    private let subscriptions: Subscriptions
    private let masked: Bool
    private let writer = FieldWriter()

    /// The table of an outcome; phone numbers masked if asked for.
    public init(_ outcome: AuditOutcome, masked: Bool) {
        instalments = outcome.plan.instalments
        subscriptions = outcome.subscriptions
        self.masked = masked
    }

    /// Writes the table piece by piece, the header row first.
    public func write<Failure: Error>(to sink: ([UInt8]) throws(Failure) -> Void) throws(Failure) {
        var bytes: [UInt8] = []
        writer.appendRecord(Self.columns, to: &bytes)
        for (place, instalment) in instalments.enumerated() {
            let ahead = place + Subscriptions.prefetchDistance
            if ahead < instalments.count { subscriptions.prefetch(instalments[ahead].row) }
            subscriptions.withIdentifier(instalment.row) { writer.append(field: $0, to: &bytes) }
            writer.appendDelimiter(to: &bytes)
            subscriptions.withMsisdn(instalment.row) { writer.append(msisdn: $0, masked: masked, to: &bytes) }
            writer.appendDelimiter(to: &bytes)
            DecimalText.append(instalment.number, to: &bytes)
            writer.appendDelimiter(to: &bytes)
            DecimalText.append(instalment.count, to: &bytes)
            writer.appendDelimiter(to: &bytes)
            instalment.collectOn.write(to: &bytes)
            writer.appendDelimiter(to: &bytes)
            instalment.period.start.write(to: &bytes)
            writer.appendDelimiter(to: &bytes)
            instalment.period.end.write(to: &bytes)
            writer.appendDelimiter(to: &bytes)
            instalment.amount.writeAmount(to: &bytes)
            writer.appendDelimiter(to: &bytes)
            instalment.amount.currency.writeCode(to: &bytes)
            writer.appendLineEnd(to: &bytes)
            if bytes.count > 1 << 16 {
                try sink(bytes)
                bytes.removeAll(keepingCapacity: true)
            }
        }
        try sink(bytes)
    }
}
