import BillingRecords
import RenewalAudit
import TestSupport

/// Refunds that name the charge which they undo, mostly one of their line.
extension RandomCase {
    /// Gives every charge an id and some of those that give money back the id of another.
    mutating func nameCharges() {
        let owners = input.charges.map { charge in charge.subscription.drop { !$0.isNumber } }
        for index in input.charges.indices { input.charges[index].identifier = "C\(index)" }
        for index in input.charges.indices where input.charges[index].mayUndo && random.once(in: 4) {
            let own = input.charges.indices.filter { owners[$0] == owners[index] }
            let other = random.once(in: 8) ? random.number(0...999_999) : own.randomElement(using: &random) ?? 0
            input.charges[index].refersTo = "C\(other)"
        }
    }
}

extension CaseCharge {
    /// Whether it is of the sort that undoes another charge.
    fileprivate var mayUndo: Bool { amount < 0 || kind == .refund || kind == .credit }
}
