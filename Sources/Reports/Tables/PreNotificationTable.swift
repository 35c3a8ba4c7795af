import ArrearsRecovery
import BillingValues
import DelimitedText
import RenewalAudit

/// `pre-notifications.csv`: one row for each day on which something is collected from a customer, and the day by which
/// the customer must have been told.
public struct PreNotificationTable: Sendable {
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

    /// How many customers have arrears.
    public var customers: Int { outcome.plan.customers.count }

    /// The header row.
    public var header: [UInt8] {
        var bytes: [UInt8] = []
        writer.appendRecord(Self.columns, to: &bytes)
        return bytes
    }

    /// The rows of some customers, by their places in the plan; several threads may make different ones at once.
    public func rows(_ range: Range<Int>) -> [UInt8] {
        var bytes: [UInt8] = []
        for customer in outcome.plan.customers[range] where !customer.instalments.isEmpty {
            let beginning = beginning(of: customer.row)
            var rest = outcome.plan.instalments[customer.instalments]
            while let first = rest.first {
                let together = rest.prefix { $0.collectOn == first.collectOn }
                append(together, first, beginning: beginning, to: &bytes)
                rest = rest.dropFirst(together.count)
            }
        }
        return bytes
    }

    /// The id, the telephone number and the payment method, which all rows of a customer begin with.
    private func beginning(of row: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        let subscriptions = outcome.subscriptions
        let msisdn = subscriptions.msisdn(row)
        writer.append(field: subscriptions.subscriptionIdentifier(row), to: &bytes)
        writer.appendDelimiter(to: &bytes)
        writer.append(field: masked ? PhoneNumberMask.mask(msisdn) : msisdn, to: &bytes)
        writer.appendDelimiter(to: &bytes)
        writer.append(field: subscriptions.paymentMethod(row), to: &bytes)
        return bytes
    }

    private func append(
        _ instalments: ArraySlice<Instalment>, _ first: Instalment, beginning: [UInt8], to bytes: inout [UInt8]
    ) {
        // Behind the beginning stand words of ours alone, none of which needs quotes.
        let currency = first.amount.currency
        bytes += beginning
        comma(&bytes)
        first.collectOn.adding(days: -outcome.recoveryPolicy.preNotificationDays)?.write(to: &bytes)
        comma(&bytes)
        first.collectOn.write(to: &bytes)
        comma(&bytes)
        DecimalText.append(instalments.count, to: &bytes)
        comma(&bytes)
        let sum = instalments.reduce(Int128(0)) { $0 + Int128($1.amount.minorUnits) }
        if let units = Int64(exactly: sum) {
            Money(minorUnits: units, currency: currency).writeAmount(to: &bytes)
        } else {
            bytes += AmountText.plain(sum, exponent: currency.exponent).utf8
        }
        comma(&bytes)
        bytes += currency.alphabeticCode.utf8
        writer.appendLineEnd(to: &bytes)
    }

    private func comma(_ bytes: inout [UInt8]) { bytes.append(UInt8(ascii: ",")) }
}
