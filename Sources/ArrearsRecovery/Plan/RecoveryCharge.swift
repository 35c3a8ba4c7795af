public import BillingRecords
public import BillingValues

/// A charge that collects an instalment, or the one that undoes it.
public struct RecoveryCharge: Hashable, Sendable {
    /// The charge's id: a pure function of subscription, kind and first day of the period.
    public let identifier: [UInt8]

    /// The row of the subscription.
    public let row: Int

    /// `recovery`, or `refund` for the charge that undoes it.
    public let kind: ChargeKind

    /// The day of the collection.
    public let chargedOn: CivilDate

    /// The period that is recovered.
    public let period: BillingPeriod

    /// The amount; negative for the charge that undoes.
    public let amount: Money

    /// Recovery charges are written before anybody collects them.
    public let status = ChargeStatus.pending
}

extension RecoveryCharge {
    /// The charge that collects an instalment.
    public static func collecting(_ instalment: Instalment, subscription: [UInt8]) -> RecoveryCharge {
        RecoveryCharge(
            identifier: identifier("R", subscription: subscription, periodStart: instalment.period.start),
            row: instalment.row, kind: .recovery, chargedOn: instalment.collectOn, period: instalment.period,
            amount: instalment.amount)
    }

    /// The charge that undoes the collection of an instalment.
    public static func reversing(_ instalment: Instalment, subscription: [UInt8]) -> RecoveryCharge {
        // A price is never below zero, so its negation always fits.
        let amount = Money(minorUnits: 0 - instalment.amount.minorUnits, currency: instalment.amount.currency)
        return RecoveryCharge(
            identifier: identifier("V", subscription: subscription, periodStart: instalment.period.start),
            row: instalment.row, kind: .refund, chargedOn: instalment.collectOn, period: instalment.period,
            amount: amount)
    }

    /// A letter for the kind, the subscription's id, and the period's first day as eight digits.
    ///
    /// The last part has a fixed length, so two different renewals never share an id, whatever the subscription's
    /// id looks like.
    private static func identifier(_ letter: String, subscription: [UInt8], periodStart: CivilDate) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(subscription.count + 14)
        bytes.append(contentsOf: letter.utf8)
        bytes.append(UInt8(ascii: "-"))
        bytes.append(contentsOf: subscription)
        bytes.append(UInt8(ascii: "-"))
        // The date as YYYYMMDD.
        let (year, month, day) = periodStart.components
        let number = UInt32(truncatingIfNeeded: year * 10_000 + month * 100 + day)
        var divisor: UInt32 = 10_000_000
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / divisor % 10))
            divisor /= 10
        }
        return bytes
    }
}
