// This file holds unsafe code: the bytes of a block, lent for the time of one call.

public import BillingRecords

/// What the charges tell of their subscriptions when no subscriptions file does: the newest renewal charges of each.
///
/// A fold that does not depend on the order of rows or files: of each subscription the newest
/// `observationLimit` different observations count, whoever saw them first. Each thread folds on its own; `merge`
/// joins them. Memory: about 70 bytes a subscription, and 24 bytes an observation.
public struct ChargeObservations: Sendable {
    /// How many observations of one subscription count at most: five years of months.
    static let observationLimit = 64

    /// The ids met, each known by a number.
    var identifiers = TextDictionary()

    /// The observations in no particular order; more than the newest stand here between two thinnings.
    private(set) var log: ContiguousArray<ChargeObservation> = []

    /// How long the log may grow before it is thinned.
    private var thinningLength = 1 << 20

    /// Nothing observed yet.
    public init() {}

    /// Takes the charges of a batch; `block` is the block that the batch was read from.
    public mutating func admit(_ batch: ChargeBatch, block: Span<UInt8>) {
        unsafe block.withUnsafeBufferPointer { bytes in
            unsafe batch.unescapedTexts.withUnsafeBufferPointer { unescaped in
                let texts = unsafe BatchBytes(block: bytes, unescaped: unescaped)
                for charge in batch.charges {
                    let text = charge.subscription
                    // Whoever is charged for anything is somebody, and counted.
                    let number = unsafe identifiers.number(
                        of: texts.pointer(text), length: text.length, readable: texts.readable(text))
                    guard charge.kind == .renewal, charge.amount > 0 else { continue }
                    log.append(ChargeObservation(charge, subscription: number))
                }
            }
        }
        thinIfLong()
    }

    /// Takes over what another thread observed.
    public mutating func merge(_ other: ChargeObservations) {
        let numbers = identifiers.numbers(ofAll: other.identifiers)
        log.reserveCapacity(log.count + other.log.count)
        for var observation in other.log {
            observation.subscription = numbers[Int(observation.subscription)]
            log.append(observation)
        }
        thinIfLong()
    }

    /// Keeps the log within what the subscriptions met can fill.
    private mutating func thinIfLong() {
        guard log.count > thinningLength else { return }
        let grouped = ObservedSubscriptions(self)
        var kept: ContiguousArray<ChargeObservation> = []
        for place in 0..<grouped.count { kept.append(contentsOf: grouped.observations(place)) }
        log = kept
        thinningLength = max(1 << 20, kept.count * 2)
    }
}

extension ChargeObservation {
    fileprivate init(_ charge: ChargeRecord, subscription: UInt32) {
        let isStated = charge.periodStart.isPresent
        self.init(
            subscription: subscription,
            day: isStated ? charge.periodStart.dayNumber : charge.chargedOn.dayNumber,
            endDay: isStated ? charge.periodEndDay : .min, amount: charge.amount, currency: charge.currency,
            isPosted: charge.status == .posted, isStated: isStated)
    }
}
