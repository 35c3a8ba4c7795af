import ArrearsRecovery
import BillingValues
import DelimitedText
import RenewalAudit

/// `pre-notifications.csv`: one row for each day on which something is collected from a customer, and the day by which
/// the customer must have been told.
public struct PreNotificationTable {
    /// The columns, in their order.
    public static let columns = [
        "subscription_id", "msisdn", "payment_method", "notify_by", "collect_on", "instalments", "amount", "currency",
    ]

    private let outcome: AuditOutcome
    private let masked: Bool
    private let writer = FieldWriter()

    /// How many rows there are.
    public let count: Int

    /// The table of an outcome; phone numbers masked if asked for.
    public init(_ outcome: AuditOutcome, masked: Bool) {
        self.outcome = outcome
        self.masked = masked
        let instalments = outcome.plan.instalments
        count = instalments.indices.count { place in
            place == 0 || instalments[place].row != instalments[place - 1].row
                || instalments[place].collectOn != instalments[place - 1].collectOn
        }
    }

    /// Writes the table piece by piece, the header row first.
    public func write<Failure: Error>(to sink: ([UInt8]) throws(Failure) -> Void) throws(Failure) {
        var bytes: [UInt8] = []
        writer.appendRecord(Self.columns, to: &bytes)
        for customer in outcome.plan.customers {
            var rest = outcome.plan.instalments[customer.instalments]
            while let first = rest.first {
                let together = rest.prefix { $0.collectOn == first.collectOn }
                append(together, first, to: &bytes)
                rest = rest.dropFirst(together.count)
            }
            if bytes.count > 1 << 16 {
                try sink(bytes)
                bytes.removeAll(keepingCapacity: true)
            }
        }
        try sink(bytes)
    }

    private func append(_ instalments: ArraySlice<Instalment>, _ first: Instalment, to bytes: inout [UInt8]) {
        let subscriptions = outcome.subscriptions
        let msisdn = subscriptions.msisdn(first.row)
        writer.append(field: subscriptions.subscriptionIdentifier(first.row), to: &bytes)
        writer.appendDelimiter(to: &bytes)
        writer.append(field: masked ? PhoneNumberMask.mask(msisdn) : msisdn, to: &bytes)
        writer.appendDelimiter(to: &bytes)
        writer.append(field: subscriptions.paymentMethod(first.row), to: &bytes)
        let notifyBy = first.collectOn.adding(days: -outcome.recoveryPolicy.preNotificationDays)
        let sum = instalments.reduce(Int128(0)) { $0 + Int128($1.amount.minorUnits) }
        let currency = first.amount.currency
        let words = [
            notifyBy.map { "\($0)" } ?? "", "\(first.collectOn)", "\(instalments.count)",
            AmountText.plain(sum, exponent: currency.exponent), currency.alphabeticCode,
        ]
        // Words of ours, none of which needs quotes.
        for word in words { bytes += [UInt8(ascii: ",")] + word.utf8 }
        writer.appendLineEnd(to: &bytes)
    }
}
