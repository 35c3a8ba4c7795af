import ArrearsRecovery
import BillingFiles
import BillingRecords
import BillingValues
import DirectDebits
import RenewalAudit
import Reports

/// What the message to the bank is made of.
struct CollectionOptions: Sendable {
    /// The version that is written.
    var version: DirectDebitMessage.Version
    /// The path of the mandates file.
    var mandates: String
    /// Who collects.
    var creditor: Creditor
}

/// The direct debits of a recovery: the message to the bank, and the charges that it does not collect.
struct AuditCollections: Sendable {
    /// The name of the message's file.
    static let messageName = "collections.xml"

    /// The name of the list of charges that are not collected.
    static let refusedName = "collections-refused.csv"

    /// The debits, and the charges that none collects.
    let plan: CollectionPlan

    /// What is wrong with the mandates.
    let findings: [InputFinding]

    /// The mandates file for the manifest.
    let mandates: (digest: InputIdentity?, records: Int)

    private let options: CollectionOptions
    private let createdOn: CivilDate

    /// Plans the debits of the instalments that are collected.
    init(
        _ options: CollectionOptions, _ source: InputSource, instalments: [Instalment], outcome: AuditOutcome
    ) throws(InputError) {
        let table = outcome.subscriptions
        let items = instalments.map { instalment -> CollectionPlan.Item in
            let subscription = table.subscriptionIdentifier(instalment.row)
            return (RecoveryCharge.collecting(instalment, subscription: subscription), subscription)
        }
        let file = try MandateFile(source, wanted: Set(items.map(\.subscription)))
        plan = CollectionPlan(items, mandates: file.mandates, faulty: file.faulty)
        findings = file.findings
        mandates = (file.digest, file.records)
        self.options = options
        createdOn = outcome.terms.decidedOn
    }

    /// What the reports tell.
    var outcome: CollectionsOutcome {
        let days = plan.batches.compactMap { $0.debits.first?.collectOn }
        var collected = MoneyTally()
        for debit in plan.batches.lazy.flatMap(\.debits) {
            collected.add(amount: debit.amount.minorUnits, currency: debit.amount.currency.packedCode)
        }
        var refused: [String: MoneyTally] = [:]
        for debit in plan.refused {
            refused[debit.reason.rawValue, default: MoneyTally()].add(
                amount: debit.amount.minorUnits, currency: debit.amount.currency.packedCode)
        }
        let span = days.min().flatMap { first in days.max().map { (first: first, last: $0) } }
        return CollectionsOutcome(
            file: span == nil ? nil : Self.messageName, version: options.version.rawValue, debits: collected,
            batches: plan.batches.count, days: span,
            refused: refused.sorted { $0.key < $1.key }.map { (reason: $0.key, tally: $0.value) })
    }

    /// Writes the message.
    func write<Failure: Error>(to sink: ([UInt8]) throws(Failure) -> Void) throws(Failure) {
        try DirectDebitMessage(plan, from: options.creditor, version: options.version, createdOn: createdOn)
            .write(to: sink)
    }
}
