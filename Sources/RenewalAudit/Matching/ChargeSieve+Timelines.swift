import BillingRecords

/// Charges of lines that are judged by their timelines.
extension ChargeSieve {
    /// Whether a charge leaves nothing to look at: it settles a renewal all by itself, or bears on none.
    ///
    /// What could be settled by the row alone was before.
    func isSettled(_ charge: ChargeRecord, ofRow row: Int, _ packed: SubscriptionRow, block: UInt32) -> Bool {
        let outline = packed.isAsRow ? nil : outlines[row]
        // Nothing but the whole timeline tells, as for inferred contracts.
        guard packed.isAsRow || outline != nil else { return false }
        if let outline, claim(charge, ofRow: row, packed, outline, block: block) { return true }
        guard explained.isEmpty || !explained.contains(row) else { return false }
        guard charge.kind.concernsRenewals else { return outline.map { !$0.sharesCollections } ?? true }
        return packed.isQuiet && !charge.hasReference && !relevance.mayBear(charge, on: packed)
    }

    /// Claims the renewal that a charge settles all by itself; false if there is none, or if it was claimed before.
    private func claim(
        _ charge: ChargeRecord, ofRow row: Int, _ packed: SubscriptionRow, _ outline: DueOutline, block: UInt32
    ) -> Bool {
        guard charge.kind == .renewal, charge.status == .posted, charge.currency == packed.currencyCode else {
            return false
        }
        for run in outlines.runs(of: outline) {
            guard let due = run.place(settledBy: charge, policy: policy) else { continue }
            let claim = RegularClaim(block: block, record: charge.ordinal, daysAfterDue: due.daysAfterDue)
            return claims.claim(due.place, ofRow: row, claim)
        }
        return false
    }
}
