import BillingRecords
import BillingValues
import RenewalAudit

/// A subscription as a test writes it.
struct CaseSubscription {
    var identifier: String
    /// Nil for a row that was rejected.
    var terms: RenewalTerms?
    var offer = "basic"
    var paymentMethod = "card"
    /// The phone number of the line; one of its place without it.
    var msisdn: String?
    /// The earlier ids of the line, separated by spaces.
    var previous = ""
    /// The billing calendar that the row names.
    var calendar = ""
    /// Whether the row has a price; the one of the terms means nothing otherwise.
    var hasPrice = true
}

/// An event as a test writes it, sound or rejected.
struct CaseEvent: Hashable {
    var subscription: String
    var kind: EventKind?
    var effectiveOn: CivilDate?
    var until: CivilDate?
    var value = ""
    var isSound = true

    /// Whether the event joins two ids; a rejected one does if one of them is a row's.
    func renumbers(_ rows: Set<String>) -> Bool {
        if isSound { return kind == .renumbered }
        if rows.contains(value) { return kind == nil || kind == .renumbered }
        return kind == .renumbered && !value.isEmpty && rows.contains(subscription)
    }

    func event(record: Int) -> SubscriptionEvent {
        SubscriptionEvent(
            subscription: Array(subscription.utf8), kind: kind, effectiveOn: effectiveOn, until: until,
            value: Array(value.utf8), isSound: isSound,
            source: .init(file: 0, line: record + 1, record: record, byteOffset: UInt64(record * 50)))
    }
}

/// A charge as a test writes it, sound or rejected.
struct CaseCharge {
    var subscription: String
    var kind: ChargeKind?
    var chargedOn: CivilDate?
    var periodStart: CivilDate?
    var periodEnd: CivilDate?
    var amount: Int64
    var currency: Currency
    var status: ChargeStatus
    /// Whether every value could be read.
    var isSound = true
    /// Whether the days of the period are there and cannot be what was meant.
    var periodIsDamaged = false

    /// The charge's id, and that of the charge that it undoes; they need not be there.
    var identifier = ""
    var refersTo = ""
    /// Whether money given back names it.
    var isNamed = false
    /// Whether it is the part of a charge for several periods that falls to one of them.
    var isShare = false

    /// Whether the charge takes the price of a renewal from the customer.
    var pays: Bool { isSound && (kind == .renewal || kind == .recovery) }

    var isPosted: Bool { isSound && status == .posted }

    /// Whether it is money given back, whatever its sign, that names the charge which it undoes.
    var namesAnother: Bool {
        isSound && !refersTo.isEmpty && (amount < 0 || (amount > 0 && (kind == .refund || kind == .credit)))
    }

    /// Whether it took money, or is the part of a charge that did, even if nothing of it was left for this part.
    var isPayment: Bool { isPosted && (amount > 0 || (isShare && amount == 0)) }
}

/// What matters of a finding: the rule, whose it is, and which period it is about.
struct Verdict: Hashable, Comparable, CustomStringConvertible {
    var rule: AuditRule
    var subscription: String
    var periodStart: CivilDate?

    var description: String {
        "\(rule.identifier), \(subscription), \(periodStart.map(String.init(describing:)) ?? "-")"
    }

    static func < (left: Self, right: Self) -> Bool { left.description < right.description }
}

/// A finding with its amounts.
struct Judgement: Hashable, Comparable, CustomStringConvertible {
    var verdict: Verdict
    var expected: Int64?
    var charged: Int64?

    var description: String {
        let amounts = [expected, charged].map { $0.map { "\($0)" } ?? "?" }
        return "\(verdict), \(amounts[0]), \(amounts[1])"
    }

    static func < (left: Self, right: Self) -> Bool { left.description < right.description }
}

/// The input of an audit and its terms.
struct AuditCase {
    var terms: AuditTerms
    var subscriptions: [CaseSubscription] = []
    var charges: [CaseCharge] = []
    var events: [CaseEvent] = []
    var offers = OfferCatalogue()
    var suspension = SuspensionPolicy.standard
}

extension BatchText {
    /// The text of `bytes`, which it appends to a block.
    init(_ bytes: some Collection<UInt8>, in block: inout [UInt8]) {
        self.init(start: UInt32(block.count), length: UInt32(bytes.count), isUnescaped: false)
        block.append(contentsOf: bytes)
    }
}

extension BatchDate {
    init(_ date: CivilDate?) { self = date.map { BatchDate($0) } ?? .none }
}

extension AuditCase {
    /// The subscriptions as one batch and the block that it was read from.
    var subscriptionBatch: (batch: SubscriptionBatch, block: [UInt8]) {
        var batch = SubscriptionBatch()
        var block: [UInt8] = []
        for (ordinal, subscription) in subscriptions.enumerated() {
            let offset = UInt32(block.count)
            batch.subscriptions.append(
                SubscriptionRecord(
                    subscription: BatchText(subscription.identifier.utf8, in: &block),
                    msisdn: BatchText((subscription.msisdn ?? "39333\(ordinal)").utf8, in: &block),
                    offer: BatchText(subscription.offer.utf8, in: &block),
                    paymentMethod: BatchText(subscription.paymentMethod.utf8, in: &block),
                    previousIdentifiers: BatchText(subscription.previous.utf8, in: &block),
                    calendar: BatchText(subscription.calendar.utf8, in: &block), hasPrice: subscription.hasPrice,
                    terms: subscription.terms, byteOffset: offset, ordinal: UInt32(ordinal)))
        }
        return (batch, block)
    }

    /// Some charges as one batch and the block that it was read from.
    static func batch(_ charges: some Sequence<CaseCharge>, ordinal: Int) -> (batch: ChargeBatch, block: [UInt8]) {
        var batch = ChargeBatch()
        var block: [UInt8] = []
        batch.block = UInt32(ordinal)
        for (ordinal, charge) in charges.enumerated() {
            let offset = UInt32(block.count)
            let text = BatchText(charge.subscription.utf8, in: &block)
            if charge.isSound, let kind = charge.kind {
                let name = BatchText(charge.identifier.utf8, in: &block)
                batch.identifiers.append(name)
                if charge.namesAnother {
                    let other = BatchText(charge.refersTo.utf8, in: &block)
                    batch.references.append(ChargeReference(charge: batch.charges.count, identifier: other))
                }
                batch.charges.append(
                    ChargeRecord(
                        amount: charge.amount, subscription: text, chargedOn: BatchDate(charge.chargedOn),
                        periodStart: BatchDate(charge.periodStart), periodEndDay: charge.periodEnd?.dayNumber ?? .min,
                        currency: charge.currency.packedCode, byteOffset: offset, ordinal: UInt32(ordinal), kind: kind,
                        status: charge.status))
                batch.charges[batch.charges.count - 1].hasReference = charge.namesAnother
            } else {
                batch.unreadable.append(
                    UnreadableCharge(
                        subscription: text, kind: charge.kind, chargedOn: BatchDate(charge.chargedOn),
                        periodStart: BatchDate(charge.periodStart), periodEnd: BatchDate(charge.periodEnd),
                        periodIsDamaged: charge.periodIsDamaged, byteOffset: offset,
                        ordinal: UInt32(ordinal)))
            }
        }
        return (batch, block)
    }
}
