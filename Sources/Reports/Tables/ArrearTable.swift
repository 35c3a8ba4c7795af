import ArrearsRecovery
import BillingValues
import DelimitedText
import RenewalAudit

/// `arrears.csv`: one row for each missed renewal, and what becomes of its money.
///
/// In each row `collected`, `discount`, `written_off` and `uncollected` sum to `amount`.
public struct ArrearTable {
    /// The columns, in their order.
    public static let columns = [
        "subscription_id", "msisdn", "period_start", "period_end", "amount", "currency", "standing", "outcome",
        "collect_on", "age_days", "in_month", "collected", "discount", "written_off", "uncollected",
    ]

    private let plan: RecoveryPlan
    private let subscriptions: Subscriptions
    private let masked: Bool
    private let writer = FieldWriter()

    /// The table of an outcome; phone numbers masked if asked for.
    public init(_ outcome: AuditOutcome, masked: Bool) {
        plan = outcome.plan
        subscriptions = outcome.subscriptions
        self.masked = masked
    }

    /// How many rows there are.
    public var count: Int { plan.instalments.count + plan.uncollected.count }

    /// Writes the table piece by piece, the header row first; a customer's arrears stand oldest first.
    public func write<Failure: Error>(to sink: ([UInt8]) throws(Failure) -> Void) throws(Failure) {
        var bytes: [UInt8] = []
        writer.appendRecord(Self.columns, to: &bytes)
        for customer in plan.customers {
            let rows =
                plan.instalments[customer.instalments].map(Row.init)
                + plan.uncollected[customer.uncollected].map(Row.init)
            for row in rows.sorted(by: { $0.period.start < $1.period.start }) {
                append(row, of: customer.row, to: &bytes)
            }
            if bytes.count > 1 << 16 {
                try sink(bytes)
                bytes.removeAll(keepingCapacity: true)
            }
        }
        try sink(bytes)
    }

    private func append(_ row: Row, of subscription: Int, to bytes: inout [UInt8]) {
        let msisdn = subscriptions.msisdn(subscription)
        writer.append(field: subscriptions.subscriptionIdentifier(subscription), to: &bytes)
        writer.appendDelimiter(to: &bytes)
        writer.append(field: masked ? PhoneNumberMask.mask(msisdn) : msisdn, to: &bytes)
        let words = [
            "\(row.period.start)", "\(row.period.end)", row.amount.amountText, row.amount.currency.alphabeticCode,
            row.standing.rawValue, row.outcome, row.collectOn.map { "\($0)" } ?? "",
            row.ageInDays.map { "\($0)" } ?? "", row.inMonth, text(row.collected, row), text(row.discount, row),
            text(row.writtenOff, row), text(row.uncollected, row),
        ]
        // Words of ours, none of which needs quotes.
        for word in words { bytes += [UInt8(ascii: ",")] + word.utf8 }
        writer.appendLineEnd(to: &bytes)
    }

    private func text(_ minorUnits: Int64, _ row: Row) -> String {
        Money(minorUnits: minorUnits, currency: row.amount.currency).amountText
    }
}

/// An arrear with all that became of it.
private struct Row {
    let period: BillingPeriod
    let amount: Money
    let standing: ArrearStanding
    let outcome: String
    var collectOn: CivilDate?
    var ageInDays: Int?
    var inMonth = ""
    var collected: Int64 = 0
    var discount: Int64 = 0
    var writtenOff: Int64 = 0
    var uncollected: Int64 = 0

    init(_ instalment: Instalment) {
        period = instalment.period
        amount = instalment.arrear
        standing = instalment.standing
        outcome = "collected"
        collectOn = instalment.collectOn
        ageInDays = instalment.ageInDays
        inMonth = "\(instalment.placeInMonth)/\(instalment.countInMonth)"
        collected = instalment.amount.minorUnits
        discount = instalment.discount.minorUnits
    }

    init(_ arrear: UncollectedArrear) {
        period = arrear.period
        amount = arrear.amount
        standing = arrear.standing
        outcome = arrear.reason.rawValue
        switch RecoveryAccount.part(of: arrear.reason) {
        case .discount: discount = arrear.amount.minorUnits
        case .writtenOff: writtenOff = arrear.amount.minorUnits
        case .uncollected: uncollected = arrear.amount.minorUnits
        }
    }
}
