import ArrearsRecovery
import BillingFiles
import BillingRecords
import BillingValues
import DirectDebits
import RenewalAudit
import Reports

/// What the results of banks add to an audit whose charges are read: recovery charges that no file has, and findings.
struct AnsweredAudit {
    /// The findings on results.
    private(set) var discrepancies: [Discrepancy]

    /// The reports' view.
    let outcome: ResultsOutcome

    /// The recovery charges that no file has, as rows, in the order of their places.
    let rows: [ChargeRow]

    /// Joins what is left of the results, and adds the recovery charges that they name to the sieve.
    ///
    /// The ledger knows what was planned. Without it the id of a recovery tells subscription and period; where banks could
    /// not carry the id, it is looked for among the renewals that nobody was charged for.
    init(
        _ answered: AnsweredCharges, sieve: inout ChargeSieve, judge: RenewalJudge, uncharged: [Discrepancy],
        blocks: Int, subscriptions: Subscriptions, ledger: AuditLedger?
    ) throws {
        let results = answered.results
        var open = Set(0..<results.groupCount)
        open.subtract(answered.charges.map(\.group))
        open.subtract(answered.rejected)
        var recoveries: [AnsweredRecovery] = []
        func add(_ recovery: AnsweredRecovery) {
            if open.remove(recovery.group) != nil { recoveries.append(recovery) }
        }
        for planned in try Self.planned(open, results, ledger, subscriptions) { add(planned) }
        for group in open.sorted() {
            guard let reference = RecoveryReference(results.reference(ofGroup: group)),
                let row = subscriptions.row(
                    ofAnyIdentifier: reference.subscription, inForceOn: reference.periodStart)
            else { continue }
            add(Self.recovery(reference, row: row, group: group, judge, results))
        }
        if results.hasHashes, !open.isEmpty {
            for found in Self.hashed(uncharged, subscriptions, judge, results) { add(found) }
        }
        recoveries.sort { $0.group < $1.group }
        let positions = recoveries.indices.map { CitedChargeReader.position(ofAppended: $0, behind: blocks) }
        sieve.add(recoveries, at: positions)
        let unknown = open.sorted()
        outcome = ResultsOutcome(answered, recoveries: recoveries, at: positions, unknown: unknown)
        rows = recoveries.map { Self.row($0, results) }
        discrepancies =
            ContradictingResult.discrepancies(in: answered, subscriptions: subscriptions)
            + ContradictingResult.discrepancies(in: recoveries, at: positions, results: results)
            + UnknownResult.discrepancies(unknown, in: results) + UnnamedResult.discrepancies(in: results)
        guard outcome.isBalanced else {
            throw CommandOutcome(
                status: .internalError,
                message: "the results that were read are not those that were joined; no verdict is given. This is a "
                    + "bug in rinnovo: please report it.")
        }
    }

    /// The recoveries that the ledger knows of, whatever has happened to them.
    private static func planned(
        _ open: Set<Int>, _ results: BankResults, _ ledger: AuditLedger?, _ subscriptions: Subscriptions
    ) throws -> [AnsweredRecovery] {
        guard let ledger, !open.isEmpty else { return [] }
        let group = { (period: KnownPeriod) -> Int? in
            let charge = identifier(period.period, Array(period.subscription.utf8))
            return results.group(of: Array(EndToEndIdentifier.of(charge: charge).utf8).span)
        }
        return try ledger.plannedPeriods(subscriptions) { group($0).map(open.contains) ?? false }.compactMap { period in
            guard let group = group(period) else { return nil }
            let subscription = Array(period.subscription.utf8)
            return AnsweredRecovery(
                identifier: identifier(period.period, subscription), group: group, subject: period.subject,
                subscription: subscription, period: (period.period.start, period.period.end),
                planned: period.amount, due: nil, collectOn: period.collectOn, results: results)
        }
    }

    private static func recovery(
        _ reference: RecoveryReference, row: Int, group: Int, _ judge: RenewalJudge, _ results: BankResults
    ) -> AnsweredRecovery {
        let renewal = judge.renewal(ofRow: row, startingOn: reference.periodStart)
        return AnsweredRecovery(
            identifier: results.reference(ofGroup: group), group: group, subject: .subscription(row: row),
            subscription: reference.subscription, period: (reference.periodStart, renewal?.period.end), planned: nil,
            due: renewal?.due, collectOn: nil, results: results)
    }

    /// The recoveries of uncharged renewals whose ids banks know by a hash.
    private static func hashed(
        _ uncharged: [Discrepancy], _ subscriptions: Subscriptions, _ judge: RenewalJudge, _ results: BankResults
    ) -> [AnsweredRecovery] {
        let others = subscriptions.otherIdentifiers
        var found: [AnsweredRecovery] = []
        for discrepancy in uncharged {
            guard case .subscription(let row) = discrepancy.subject, let period = discrepancy.period else { continue }
            for subscription in [subscriptions.subscriptionIdentifier(row)] + (others[row] ?? []) {
                let charge = identifier(period, subscription)
                let reference = Array(EndToEndIdentifier.of(charge: charge).utf8)
                guard let group = results.group(of: reference.span) else { continue }
                let due = discrepancy.expected.flatMap { expected in
                    discrepancy.currency.map { Money(minorUnits: expected, currency: $0) }
                }
                found.append(
                    AnsweredRecovery(
                        identifier: charge, group: group, subject: discrepancy.subject, subscription: subscription,
                        period: (period.start, period.end), planned: nil, due: due, collectOn: nil, results: results))
            }
        }
        return found
    }

    private static func identifier(_ period: BillingPeriod, _ subscription: [UInt8]) -> [UInt8] {
        let nothing = Money(minorUnits: 0, currency: .eur)
        return RecoveryCharge.collecting(period, amount: nothing, on: period.start, subscription: subscription)
            .identifier
    }

    /// The charge as a row whose place is that of the result which decides.
    private static func row(_ recovery: AnsweredRecovery, _ results: BankResults) -> ChargeRow {
        let all = results.results(ofGroup: recovery.group)
        let place = recovery.history.deciding.map { all[$0] } ?? all.first
        let values = [
            String(decoding: recovery.identifier, as: UTF8.self),
            String(decoding: recovery.subscription, as: UTF8.self), ChargeKind.recovery.word, "\(recovery.day)",
            "\(recovery.periodStart)", recovery.periodEnd.map { "\($0)" } ?? "", recovery.amount?.amountText ?? "",
            recovery.amount?.currency.alphabeticCode ?? "", recovery.history.status.word,
        ]
        return ChargeRow(
            values: values.map { Array($0.utf8) }, file: place.map { results.files[$0.file] } ?? "",
            line: place?.line ?? 0)
    }
}
