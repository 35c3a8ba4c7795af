import ArrearsRecovery
import BillingRecords

extension SummaryDocument {
    /// What the ledger adds to a summary; nothing without one.
    static func ledger(_ outcome: AuditOutcome) -> [(String, JSONValue)] {
        guard let ledger = outcome.ledger else { return [] }
        let happened = ledger.sums.map { act, tally in
            JSONValue.object([("act", .string(act.rawValue)), ("amounts", sums(tally))])
        }
        return [
            (
                "ledger",
                .object([
                    ("name", .string(ledger.name)), ("proposed", .boolean(ledger.isProposal)),
                    ("open_before", .integer(ledger.open)),
                    ("planned_before", .integer(ledger.plannedBefore.records)),
                    ("planned_before_amounts", sums(ledger.plannedBefore)),
                    ("written_off_before", .integer(ledger.writtenOffBefore.records)),
                    ("written_off_before_amounts", sums(ledger.writtenOffBefore)),
                    ("happened", .array(happened)), ("withdrawn", .integer(ledger.withdrawals.count)),
                ])
            )
        ]
    }
}
