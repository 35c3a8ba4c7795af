public import ArrearsRecovery
import BillingValues

/// Which charges are collected by direct debit, in which batches, and which are not.
///
/// Every charge is in it exactly once.
public struct CollectionPlan: Sendable {
    /// Debits of one day and one place in the sequences of their mandates: a batch of the message.
    public struct Batch: Sendable {
        /// The debits, in the order of the charges.
        public internal(set) var debits: [DirectDebit]

        /// The sum in cents, where that of all batches fits 64 bits.
        public var sum: Int64 { debits.reduce(0) { $0 &+ $1.amount.minorUnits } }
    }

    /// The batches by day, then by sequence.
    public private(set) var batches: [Batch] = []

    /// The charges that are not collected, in their order.
    public private(set) var refused: [RefusedDebit] = []

    /// A charge with its subscription.
    public typealias Item = (charge: RecoveryCharge, subscription: [UInt8])

    /// The most that the schemes collect at once, in cents.
    private static let mostCents: Int64 = 99_999_999_999

    /// Plans the collection of charges; those of one subscription come oldest first.
    ///
    /// - Parameters:
    ///   - mandates: by the id of the subscription.
    ///   - faulty: the subscriptions whose mandates cannot be used.
    public init(_ items: [Item], mandates: [[UInt8]: Mandate], faulty: Set<[UInt8]>) {
        self.init(
            items.map { CollectedCharge($0.charge, subscription: $0.subscription) }, mandates: mandates, faulty: faulty)
    }

    /// Plans the collection of charges.
    ///
    /// - Parameters:
    ///   - mandates: by the id of the subscription.
    ///   - faulty: the subscriptions whose mandates cannot be used.
    public init(_ charges: [CollectedCharge], mandates: [[UInt8]: Mandate], faulty: Set<[UInt8]>) {
        var debits: [DirectDebit] = []
        var used: [String: Int] = [:]
        // The sequence of a mandate is that of days, whatever the order of the charges is.
        let order = charges.indices.sorted { (charges[$0].collectOn, $0) < (charges[$1].collectOn, $1) }
        var outcomes: [Int: RefusedDebit.Reason] = [:]
        for index in order {
            let charge = charges[index]
            switch Self.mandate(for: charge, mandates, faulty) {
            case .failure(let reason): outcomes[index] = reason.reason
            case .success(let mandate):
                let earlier = used[mandate.identifier, default: 0]
                if mandate.sequence == .oneOff, earlier > 0 {
                    outcomes[index] = .oneOffUsed
                    continue
                }
                used[mandate.identifier] = earlier + 1
                debits.append(
                    DirectDebit(
                        charge: charge.identifier, endToEnd: EndToEndIdentifier.of(charge: charge.identifier),
                        subscription: charge.subscription, collectOn: charge.collectOn, period: charge.period,
                        amount: charge.amount, mandate: mandate,
                        sequence: mandate.sequence == .first && earlier > 0 ? .recurring : mandate.sequence))
            }
        }
        markFinal(&debits)
        for index in charges.indices {
            guard let reason = outcomes[index] else { continue }
            let charge = charges[index]
            refused.append(
                RefusedDebit(
                    charge: charge.identifier, subscription: charge.subscription, collectOn: charge.collectOn,
                    period: charge.period, amount: charge.amount, reason: reason))
        }
        batch(debits)
    }

    struct Refusal: Error { let reason: RefusedDebit.Reason }

    /// The mandate by which a charge is collected, or why there is none.
    static func mandate(
        for charge: CollectedCharge, _ mandates: [[UInt8]: Mandate], _ faulty: Set<[UInt8]>
    ) -> Result<Mandate, Refusal> {
        if faulty.contains(charge.subscription) { return .failure(Refusal(reason: .faultyMandate)) }
        guard let mandate = mandates[charge.subscription] else { return .failure(Refusal(reason: .noMandate)) }
        guard charge.amount.currency == .eur else { return .failure(Refusal(reason: .notEuro)) }
        guard charge.amount.minorUnits > 0, charge.amount.minorUnits <= mostCents else {
            return .failure(Refusal(reason: .amount))
        }
        guard mandate.signedOn <= charge.collectOn else { return .failure(Refusal(reason: .signedLater)) }
        return .success(mandate)
    }

    /// Of a mandate that ends, only the last collection is the final one.
    private func markFinal(_ debits: inout [DirectDebit]) {
        var seen: Set<String> = []
        for index in debits.indices.reversed() where debits[index].sequence == .final {
            if !seen.insert(debits[index].mandate.identifier).inserted { debits[index].sequence = .recurring }
        }
    }

    private mutating func batch(_ debits: [DirectDebit]) {
        for debit in debits {
            let known = batches.indices.last { place in
                batches[place].debits[0].collectOn == debit.collectOn
                    && batches[place].debits[0].sequence == debit.sequence
            }
            if let known {
                batches[known].debits.append(debit)
            } else {
                batches.append(Batch(debits: [debit]))
            }
        }
        let ranks = Mandate.Sequence.allCases
        batches.sort { one, other in
            let (left, right) = (one.debits[0], other.debits[0])
            if left.collectOn != right.collectOn { return left.collectOn < right.collectOn }
            return (ranks.firstIndex(of: left.sequence) ?? 0) < (ranks.firstIndex(of: right.sequence) ?? 0)
        }
    }

    /// How many debits there are.
    public var debitCount: Int { batches.reduce(0) { $0 + $1.debits.count } }

    /// The sum of all debits in cents; nil when it does not fit 64 bits.
    public var sum: Int64? {
        var sum: Int64 = 0
        for batch in batches {
            for debit in batch.debits {
                let (added, overflow) = sum.addingReportingOverflow(debit.amount.minorUnits)
                guard !overflow else { return nil }
                sum = added
            }
        }
        return sum
    }
}
