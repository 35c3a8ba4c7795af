public import ArrearsRecovery
public import BillingValues
import GRDB

/// One thing that a run says of one missed renewal.
public struct LedgerEntry: Hashable, Sendable {
    /// What happened.
    public let act: RecoveryAct

    /// The id of the subscription.
    public let subscription: String

    /// The period whose renewal was missed.
    public let period: BillingPeriod

    /// What is, or was, collected or given back; never below zero.
    public let amount: Money

    /// The day of the collection, or of the charge that shows what happened.
    public let day: CivilDate?

    /// Why, where that needs a word.
    public let note: String?

    /// What the recovery collects: the kind of the charge that was missed.
    public static let kind = "renewal"

    /// An entry from its parts.
    public init(
        act: RecoveryAct, subscription: String, period: BillingPeriod, amount: Money, day: CivilDate?,
        note: String? = nil
    ) {
        self.act = act
        self.subscription = subscription
        self.period = period
        self.amount = amount
        self.day = day
        self.note = note
    }
}

extension LedgerEntry {
    static let columns = "act, subscription, kind, period_start, period_end, amount, currency, day, note"

    /// Adds the entry's canonical encoding.
    func add(to hash: inout CanonicalHash) {
        hash.add(act.rawValue)
        hash.add(subscription)
        hash.add(Self.kind)
        hash.add(Optional(period.start))
        hash.add(Optional(period.end))
        hash.add(amount.minorUnits)
        hash.add(amount.currency.alphabeticCode)
        hash.add(day)
        hash.add(note)
    }

    /// The values of `columns`.
    var values: [(any DatabaseValueConvertible)?] {
        [
            act.rawValue, subscription, Self.kind, period.start.description, period.end.description, amount.minorUnits,
            amount.currency.alphabeticCode, day?.description, note,
        ]
    }

    /// The entry of a row whose columns from `first` on are `columns`; nil when they are none.
    init?(_ row: Row, from first: Int = 0) {
        guard let act = row.text(first).flatMap(RecoveryAct.init), let subscription = row.text(first + 1),
            row.text(first + 2) == Self.kind, let start = row.day(first + 3), let end = row.day(first + 4),
            let period = BillingPeriod(start: start, end: end), let amount = row.number(first + 5),
            let currency = row.text(first + 6).flatMap({ Currency(code: $0) }),
            row.text(first + 7) == nil || row.day(first + 7) != nil
        else { return nil }
        self.init(
            act: act, subscription: subscription, period: period,
            amount: Money(minorUnits: amount, currency: currency), day: row.day(first + 7), note: row.text(first + 8))
    }
}
