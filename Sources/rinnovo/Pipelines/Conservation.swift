import ArrearsRecovery
import BillingFiles
import BillingRecords
import BillingValues
import RenewalAudit
import Reports

/// The proofs that a run lost nothing; a run that fails one ends as a bug, without a verdict.
enum Conservation {
    /// Every record that was read is in exactly one place of the sieve's tally, and so is its money.
    static func check(_ charges: ChargesReading<AnsweringTaker<ChargeSieve>>) throws {
        var expected = charges.read
        for _ in 0..<charges.files.directory.rejected.reduce(0, +) { expected.addUnreadable() }
        guard expected == charges.taker.base.tally.total else {
            throw failure("the charges that were read are not those that were matched")
        }
        guard charges.files.directory.records.reduce(0, +) == expected.records else {
            throw failure("not every charge record was read")
        }
    }

    /// Every usage record is in exactly one place of the tally.
    static func check(_ usage: UsageReading) throws {
        guard let evidence = usage.evidence else { return }
        guard usage.files.directory.records.reduce(0, +) == evidence.tally.total else {
            throw failure("the usage records that were read are not those that were counted")
        }
    }

    /// Every event that names a subscription is part of a line or known to be nobody's.
    static func check(_ events: EventsReading, _ faults: EventFaults, trusted: Bool) throws {
        // Of an input that cannot be trusted not every record was read, and no verdict follows.
        guard trusted, !events.events.isEmpty else { return }
        guard events.files.directory.records.reduce(0, +) == events.events.count,
            faults.joined + faults.unused == events.events.count
        else { throw failure("the events that were read are not those that were joined") }
    }

    /// Every arrear is planned, was planned before, or is named as uncollected, to the cent, and so is each part of it.
    static func check(_ outcome: AuditOutcome) throws {
        var found = MoneyTally()
        for discrepancy in outcome.discrepancies where discrepancy.rule == .unchargedRenewal {
            guard let amount = discrepancy.expected, let currency = discrepancy.currency else { continue }
            found.add(amount: amount, currency: currency.packedCode)
        }
        let account = RecoveryAccount(outcome.plan)
        var arrears = account.arrears
        if let ledger = outcome.ledger {
            arrears.add(ledger.plannedBefore)
            arrears.add(ledger.writtenOffBefore)
        }
        guard found == arrears, account.isBalanced else {
            throw failure("the recovery plan is not the sum of the uncharged renewals")
        }
    }

    /// A conversion writes every record that it reads or rejects it with a finding, and no other.
    static func check(read: Int, written: Int, rejected: Int) throws {
        guard read == written + rejected else {
            throw CommandOutcome(
                status: .internalError,
                message:
                    "\(read) records were read, \(written) written and \(rejected) rejected; nothing is published. This is a bug in "
                    + "rinnovo: please report it.")
        }
    }

    private static func failure(_ message: String) -> CommandOutcome {
        CommandOutcome(
            status: .internalError,
            message: "\(message); no verdict is given. This is a bug in rinnovo: please report it.")
    }
}
