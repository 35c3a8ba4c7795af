import ArrearsRecovery
import BillingFiles
import BillingValues
import RenewalAudit

/// Looks what the charges say of the periods that were planned before.
enum LedgerEvidence {
    /// What is new about some periods, in their order.
    ///
    /// - Parameter discrepancies: the findings; of a renewal that is uncharged no charge says anything.
    static func settlements(
        _ known: [KnownPeriod], charges: WatchedCharges, discrepancies: [Discrepancy], threads: Int
    ) throws -> [PeriodSettlement] {
        guard !known.isEmpty else { return [] }
        let uncharged = Set(
            discrepancies.lazy.filter { $0.rule == .unchargedRenewal }.compactMap { discrepancy in
                discrepancy.period.map { Renewal(subject: discrepancy.subject, start: $0.start) }
            })
        let parts = max(1, threads) * 4
        return try WorkerThreads.all(
            threads: threads,
            (0..<parts).map { part in
                {
                    let some = known[(known.count * part / parts)..<(known.count * (part + 1) / parts)]
                    return settlements(some, uncharged: uncharged, charges: charges)
                }
            }
        ).flatMap { $0 }
    }

    /// Those of one part; the periods of a subscription stand together, so that it is looked at once.
    private static func settlements(
        _ known: ArraySlice<KnownPeriod>, uncharged: Set<Renewal>, charges: WatchedCharges
    ) -> [PeriodSettlement] {
        var found: [PeriodSettlement] = []
        var start = known.startIndex
        while start < known.endIndex {
            let subject = known[start].subject
            let end = known[start...].firstIndex { $0.subject != subject } ?? known.endIndex
            let asked = known[start..<end].filter {
                !uncharged.contains(Renewal(subject: subject, start: $0.period.start))
            }
            if !asked.isEmpty {
                let evidence = charges.charges(of: subject, starts: asked.map(\.period.start))
                for (period, charges) in zip(asked, evidence) {
                    if let settlement = PeriodSettlement(period, charges: charges) { found.append(settlement) }
                }
            }
            start = end
        }
        return found
    }

    /// What tells a renewal from every other.
    private struct Renewal: Hashable {
        let subject: Discrepancy.Subject
        let start: CivilDate
    }
}
