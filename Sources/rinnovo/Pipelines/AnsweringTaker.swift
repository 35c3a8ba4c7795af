import BillingRecords
import RenewalAudit

/// Hands charges on to a taker; those that banks have answered to last, with the status that the answers give them.
///
/// Without results every batch passes as it is.
struct AnsweringTaker<Base: ChargeTaker>: ChargeTaker {
    /// What the charges are handed on to.
    var base: Base

    /// The charges that banks have answered to; nil without results.
    private(set) var answered: AnsweredCharges?

    init(_ base: Base, _ answered: AnsweredCharges?) {
        self.base = base
        self.answered = answered
    }

    mutating func admit(_ batch: ChargeBatch, block: Span<UInt8>) {
        if answered != nil, let rest = answered?.take(from: batch, block: block) {
            base.admit(rest, block: block)
        } else {
            base.admit(batch, block: block)
        }
    }

    mutating func merge(_ other: AnsweringTaker) {
        base.merge(other.base)
        if let others = other.answered { answered?.merge(others) }
    }

    mutating func finish() {
        let texts: [UInt8] = []
        for batch in answered?.settle() ?? [] { base.admit(batch, block: texts.span) }
        base.finish()
    }
}
