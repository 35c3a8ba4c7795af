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

    private let plan: RecoveryPlan
    private let subscriptions: Subscriptions
    private let preNotificationDays: Int
    private let masked: Bool
    private let writer = FieldWriter()

    /// How many rows there are.
    public let count: Int

    /// The table of an outcome; phone numbers masked if asked for.
    public init(_ outcome: AuditOutcome, masked: Bool) {
        plan = outcome.plan
        subscriptions = outcome.subscriptions
        preNotificationDays = outcome.recoveryPolicy.preNotificationDays
        self.masked = masked
        let instalments = outcome.plan.instalments
        count = instalments.indices.count { place in
            place == 0 || instalments[place].row != instalments[place - 1].row
                || instalments[place].collectOn != instalments[place - 1].collectOn
        }
    }

    /// How many customers have arrears.
    public var customers: Int { plan.customers.count }

    /// The header row.
    public var header: [UInt8] {
        var bytes: [UInt8] = []
        writer.appendRecord(Self.columns, to: &bytes)
        return bytes
    }

    /// The rows of some customers, by their places in the plan; several threads may make different ones at once.
    public func rows(_ range: Range<Int>) -> [UInt8] {
        var bytes: [UInt8] = []
        // A row has some 80 bytes.
        bytes.reserveCapacity(range.count * 90)
        var beginning: [UInt8] = []
        let instalments = plan.instalments.span
        for place in range {
            let ahead = place + Subscriptions.prefetchDistance
            if ahead < range.upperBound { subscriptions.prefetch(plan.customers[ahead].row) }
            let customer = plan.customers[place]
            guard !customer.instalments.isEmpty else { continue }
            begin(customer.row, &beginning)
            var start = customer.instalments.lowerBound
            while start < customer.instalments.upperBound {
                var end = start + 1
                while end < customer.instalments.upperBound, instalments[end].collectOn == instalments[start].collectOn
                {
                    end += 1
                }
                append(instalments.extracting(start..<end), beginning: beginning, to: &bytes)
                start = end
            }
        }
        return bytes
    }

    /// The id, the telephone number and the payment method, which all rows of a customer begin with.
    private func begin(_ row: Int, _ bytes: inout [UInt8]) {
        bytes.removeAll(keepingCapacity: true)
        subscriptions.withIdentifier(row) { writer.append(field: $0, to: &bytes) }
        writer.appendDelimiter(to: &bytes)
        subscriptions.withMsisdn(row) { writer.append(msisdn: $0, masked: masked, to: &bytes) }
        writer.appendDelimiter(to: &bytes)
        subscriptions.withPaymentMethod(row) { writer.append(field: $0, to: &bytes) }
    }

    private func append(_ instalments: Span<Instalment>, beginning: [UInt8], to bytes: inout [UInt8]) {
        // Behind the beginning stand words of ours alone, none of which needs quotes.
        let first = instalments[0]
        let currency = first.amount.currency
        bytes += beginning
        comma(&bytes)
        first.collectOn.adding(days: -preNotificationDays)?.write(to: &bytes)
        comma(&bytes)
        first.collectOn.write(to: &bytes)
        comma(&bytes)
        DecimalText.append(instalments.count, to: &bytes)
        comma(&bytes)
        var sum = Int128(0)
        for place in instalments.indices { sum += Int128(instalments[place].amount.minorUnits) }
        if let units = Int64(exactly: sum) {
            Money(minorUnits: units, currency: currency).writeAmount(to: &bytes)
        } else {
            bytes += AmountText.plain(sum, exponent: currency.exponent).utf8
        }
        comma(&bytes)
        currency.writeCode(to: &bytes)
        writer.appendLineEnd(to: &bytes)
    }

    private func comma(_ bytes: inout [UInt8]) { bytes.append(UInt8(ascii: ",")) }
}
