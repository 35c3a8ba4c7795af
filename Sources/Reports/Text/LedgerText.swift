import ArrearsRecovery
import BillingRecords

/// What the ledger has to say, for the terminal.
struct LedgerText {
    let ledger: LedgerOutcome
    let style: TextStyle
    let planned: MoneyTally

    /// The lines; the first is empty.
    var lines: [String] {
        var lines = ["", style.heading("Ledger \(ledger.name)")]
        if ledger.plannedBefore.records > 0 {
            lines.append(
                "  planned before: \(AmountText.people(ledger.plannedBefore.records, "renewal")), "
                    + "\(AmountText.people(ledger.plannedBefore)); not planned again")
        }
        if ledger.writtenOffBefore.records > 0 {
            lines.append(
                "  written off before: \(AmountText.people(ledger.writtenOffBefore.records, "renewal")), "
                    + "\(AmountText.people(ledger.writtenOffBefore))")
        }
        lines.append(
            planned.records == 0
                ? "  nothing new to plan"
                : "  \(ledger.isProposal ? "proposed" : "planned") now: "
                    + "\(AmountText.people(planned.records, "renewal")), \(AmountText.people(planned))")
        if ledger.isProposal, planned.records > 0 {
            lines.append("  no recovery charge is written before 'rinnovo ledger approve'")
        }
        for (act, tally) in ledger.sums {
            lines.append(
                "  \(Self.words(act)): \(AmountText.people(tally.records, "recovery", plural: "recoveries")), "
                    + AmountText.people(tally))
        }
        if ledger.sums.contains(where: { $0.act == .failed || $0.act == .reversed }) {
            lines.append("  what failed or came back is not planned again: it is for dunning, or for a person")
        }
        let withdrawals = ledger.withdrawals.count
        if withdrawals > 0 {
            lines.append(
                style.alarm(
                    "  \(AmountText.people(withdrawals, "recovery", plural: "recoveries")) would be paid twice: "
                        + "hand in withdrawn-charges.csv"))
        }
        return lines
    }

    private static func words(_ act: RecoveryAct) -> String {
        switch act {
        case .planned, .written: "planned"
        case .uncollected, .writtenOff: "not collected"
        case .collected: "collected since"
        case .failed: "failed since"
        case .reversed: "reversed since"
        case .paidOtherwise: "paid by another charge"
        }
    }
}
