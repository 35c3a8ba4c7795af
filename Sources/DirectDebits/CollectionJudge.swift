public import BillingFiles

/// Judges charges of a file by the mandates of customers: what no mandate allows is not collected.
public enum CollectionJudge {
    /// A judge of native charges.
    ///
    /// - Parameters:
    ///   - mandates: by the id of the subscription.
    ///   - faulty: the subscriptions whose mandates cannot be used.
    public static func of(_ mandates: [[UInt8]: Mandate], faulty: Set<[UInt8]>) -> RecordJudge {
        RecordJudge(columns: CollectedCharge.columns) { values in
            guard let charge = CollectedCharge(values: values) else {
                return .refused(
                    column: "charge_id", expected: "a charge with a day, an amount, and a whole period or none")
            }
            for (column, text) in [("charge_id", charge.identifier), ("subscription_id", charge.subscription)]
            where !BankText.isIdentifier(text) {
                return .refused(
                    column: column,
                    expected: "1 to 35 characters that banks carry (a-z A-Z 0-9 / - ? : ( ) . , ' + and blank)")
            }
            switch CollectionPlan.mandate(for: charge, mandates, faulty) {
            case .success(let mandate):
                // A charge that stands twice would be collected twice.
                let own = RecordJudge.Key(
                    [0] + charge.identifier, column: "charge_id", expected: "each charge once, or it is collected twice"
                )
                guard mandate.sequence == .oneOff else { return .writtenOnce([own]) }
                let mandate = RecordJudge.Key(
                    [1] + Array(mandate.identifier.utf8), column: "subscription_id",
                    expected: "one charge of a mandate that allows one collection (OOFF)")
                return .writtenOnce([own, mandate])
            case .failure(let refusal): return refused(refusal.reason, mandates[charge.subscription])
            }
        }
    }

    private static func refused(_ reason: RefusedDebit.Reason, _ mandate: Mandate?) -> RecordJudge.Verdict {
        switch reason {
        case .noMandate: .refused(column: "subscription_id", expected: "a subscription that has a mandate")
        case .faultyMandate: .refused(column: "subscription_id", expected: "a subscription whose one mandate is sound")
        case .notEuro: .refused(column: "currency", expected: "EUR, the only currency of the schemes")
        case .amount: .refused(column: "amount", expected: "an amount from 0.01 to 999999999.99")
        case .signedLater:
            .refused(
                column: "charged_on",
                expected: "a day from \(mandate.map { "\($0.signedOn)" } ?? "") on, when the mandate was signed")
        case .oneOffUsed: .refused(column: "subscription_id", expected: "a mandate that was not used before")
        }
    }
}
