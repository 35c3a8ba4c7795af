import ArrearsRecovery
import BillingValues
import DelimitedText
import RenewalAudit

/// `arrears.csv`: one row for each missed renewal, and what becomes of its money.
///
/// In each row `collected`, `discount`, `written_off` and `uncollected` sum to `amount`.
public struct ArrearTable: Sendable {
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

    /// How many customers have arrears.
    public var customers: Int { plan.customers.count }

    /// The header row.
    public var header: [UInt8] {
        var bytes: [UInt8] = []
        writer.appendRecord(Self.columns, to: &bytes)
        return bytes
    }

    /// The rows of some customers, by their places in the plan, the arrears of each oldest first; several threads may
    /// make different ones at once.
    public func rows(_ range: Range<Int>) -> [UInt8] {
        var bytes: [UInt8] = []
        // A row has some 130 bytes.
        bytes.reserveCapacity(range.count * 140)
        var beginning: [UInt8] = []
        var rows: [Row] = []
        for place in range {
            let ahead = place + Subscriptions.prefetchDistance
            if ahead < range.upperBound { subscriptions.prefetch(plan.customers[ahead].row) }
            let customer = plan.customers[place]
            rows.removeAll(keepingCapacity: true)
            for place in customer.instalments { rows.append(Row(plan.instalments[place])) }
            for place in customer.uncollected { rows.append(Row(plan.uncollected[place])) }
            // They stand so already, unless some are not collected or the newest come first.
            if rows.count > 1 { rows.sort { $0.period.start < $1.period.start } }
            begin(customer.row, &beginning)
            for row in rows { append(row, beginning: beginning, to: &bytes) }
        }
        return bytes
    }

    /// The id and the telephone number, which all rows of a customer begin with.
    private func begin(_ row: Int, _ bytes: inout [UInt8]) {
        bytes.removeAll(keepingCapacity: true)
        subscriptions.withIdentifier(row) { writer.append(field: $0, to: &bytes) }
        writer.appendDelimiter(to: &bytes)
        subscriptions.withMsisdn(row) { writer.append(msisdn: $0, masked: masked, to: &bytes) }
    }

    private func append(_ row: Row, beginning: [UInt8], to bytes: inout [UInt8]) {
        // Behind the beginning stand words of ours alone, none of which needs quotes.
        bytes += beginning
        comma(&bytes)
        row.period.start.write(to: &bytes)
        comma(&bytes)
        row.period.end.write(to: &bytes)
        comma(&bytes)
        row.amount.writeAmount(to: &bytes)
        comma(&bytes)
        row.amount.currency.writeCode(to: &bytes)
        comma(&bytes)
        bytes += row.standing.rawValue.utf8
        comma(&bytes)
        bytes += row.outcome.utf8
        comma(&bytes)
        row.collectOn?.write(to: &bytes)
        comma(&bytes)
        if let age = row.ageInDays { DecimalText.append(age, to: &bytes) }
        comma(&bytes)
        if let place = row.placeInMonth {
            DecimalText.append(place.number, to: &bytes)
            bytes.append(UInt8(ascii: "/"))
            DecimalText.append(place.count, to: &bytes)
        }
        for units in [row.collected, row.discount, row.writtenOff, row.uncollected] {
            comma(&bytes)
            Money(minorUnits: units, currency: row.amount.currency).writeAmount(to: &bytes)
        }
        writer.appendLineEnd(to: &bytes)
    }

    private func comma(_ bytes: inout [UInt8]) { bytes.append(UInt8(ascii: ",")) }
}

/// An arrear with all that became of it.
private struct Row {
    let period: BillingPeriod
    let amount: Money
    let standing: ArrearStanding
    let outcome: String
    var collectOn: CivilDate?
    var ageInDays: Int?
    var placeInMonth: (number: Int, count: Int)?
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
        placeInMonth = (instalment.placeInMonth, instalment.countInMonth)
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
