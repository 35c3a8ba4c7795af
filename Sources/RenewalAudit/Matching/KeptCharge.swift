public import BillingRecords
public import BillingValues

/// A charge that is not simply the regular payment of a due renewal, kept for judgement.
public struct KeptCharge: Hashable, Sendable {
    /// What could be read of the charge.
    public enum Reading: UInt8, Sendable {
        /// Every value.
        case sound
        /// Not every value: the row was rejected.
        case unreadable
        /// Not every value, and the days of its period cannot be what was meant.
        case unreadablePeriod
        /// Every value, but banks contradict it or each other in what became of it.
        case contested
    }

    /// The row of the charge's subscription.
    public var row: UInt32

    /// What the charge was made for; nil when it could not be read.
    public var kind: ChargeKind?

    /// How far its collection has come; `.pending` where the row was rejected.
    public var status: ChargeStatus

    /// What could be read of the charge.
    public var reading: Reading

    /// Whether it is the part of a charge for several periods that falls to one of them.
    var isPart = false

    /// Whether money given back names it.
    var isNamed = false

    /// The amount in minor units of `currency`; 0 where the row was rejected.
    public var amount: Int64

    /// The currency's packed code; 0 where the row was rejected.
    public var currency: UInt32

    /// The day of the charge, or `Int32.min`.
    var chargedOnDay: Int32

    /// The first day of the period, or `Int32.min`.
    var periodStartDay: Int32

    /// The last day of the period, or `Int32.min`.
    var periodEndDay: Int32

    /// Where the charge stands in the input.
    public var position: RecordPosition

    /// The day of the charge, if it could be read.
    public var chargedOn: CivilDate? { CivilDate(dayNumber: chargedOnDay) }

    /// The first day of the service period that the charge states.
    public var periodStart: CivilDate? { CivilDate(dayNumber: periodStartDay) }

    /// The last day of the service period that the charge states.
    public var periodEnd: CivilDate? { CivilDate(dayNumber: periodEndDay) }

    /// Whether money was taken, or given back, by this charge.
    public var isPosted: Bool { reading == .sound && status == .posted }

    /// Whether it is an attempt to collect a renewal that failed or was reversed.
    var isFailedAttempt: Bool {
        reading == .sound && kind?.paysRenewal ?? false && (status == .failed || status == .reversed)
    }
}

extension KeptCharge {
    /// A charge of a batch whose every value could be read.
    init(_ charge: ChargeRecord, row: UInt32, block: UInt32) {
        self.init(
            row: row, kind: charge.kind, status: charge.status, reading: charge.isContested ? .contested : .sound,
            amount: charge.amount, currency: charge.currency, chargedOnDay: charge.chargedOn.dayNumber,
            periodStartDay: charge.periodStart.dayNumber, periodEndDay: charge.periodEndDay,
            position: RecordPosition(block: block, byteOffset: charge.byteOffset, record: charge.ordinal))
    }

    /// A rejected row of a batch.
    init(_ charge: UnreadableCharge, row: UInt32, block: UInt32) {
        self.init(
            row: row, kind: charge.kind, status: .pending,
            reading: charge.periodIsDamaged ? .unreadablePeriod : .unreadable, amount: 0, currency: 0,
            chargedOnDay: charge.chargedOn.dayNumber, periodStartDay: charge.periodStart.dayNumber,
            periodEndDay: charge.periodEnd.dayNumber,
            position: RecordPosition(block: block, byteOffset: charge.byteOffset, record: charge.ordinal))
    }

    /// The regular charge that settled a renewal, as its claim alone tells it: posted, on time and right.
    ///
    /// A claim does not tell the day of a charge that states its period; the day on which the renewal was due stands for
    /// it.
    static func regular(row: UInt32, renewal: DueRenewal, currency: Currency, claim: RegularClaim) -> KeptCharge {
        var charge = KeptCharge(
            row: row, kind: .renewal, status: .posted, reading: .sound, amount: renewal.amount,
            currency: currency.packedCode, chargedOnDay: renewal.dueOn.dayNumber,
            periodStartDay: renewal.period.start.dayNumber, periodEndDay: renewal.period.end.dayNumber,
            position: claim.position)
        if let days = claim.daysAfterDue {
            charge.chargedOnDay = renewal.dueOn.dayNumber &+ days
            (charge.periodStartDay, charge.periodEndDay) = (.min, .min)
        }
        return charge
    }

    /// The part of the charge that falls to one of several periods.
    func part(_ amount: Int64) -> KeptCharge {
        var part = self
        part.amount = amount
        part.isPart = true
        return part
    }

    /// Whether the charge takes money for a renewal, now or soon.
    var takesMoney: Bool {
        reading == .sound && kind?.paysRenewal ?? false && amount > 0 && (status == .posted || status == .pending)
    }
}
