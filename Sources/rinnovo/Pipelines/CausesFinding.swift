import BillingFiles
import RenewalAudit
import Synchronization

/// Counts what was due day by day, on several threads, and looks for the causes of what was missed.
enum CausesFinding {
    /// What was due day by day; nil where there are too many days to be counted one by one.
    static func calendar(_ subscriptions: Subscriptions, threads: Int) throws -> DueCalendar? {
        for detail in DueCalendar.details {
            if let calendar = try calendar(subscriptions, threads: threads, detail: detail) { return calendar }
        }
        return nil
    }

    /// Whether one of the findings is of a renewal that was missed, so that there are causes to look for.
    static func hasMissed(_ discrepancies: [Discrepancy]) -> Bool {
        discrepancies.contains { $0.rule == .unchargedRenewal || $0.rule == .chargedLate }
    }

    /// The causes behind findings in report order; `calendar` is theirs.
    static func causes(
        of discrepancies: [Discrepancy], subscriptions: Subscriptions, calendar: DueCalendar?
    ) -> SystemicCauses {
        guard hasMissed(discrepancies) else { return .none }
        if let calendar { return SystemicCauses(discrepancies, subscriptions: subscriptions, calendar: calendar) }
        // A window of millennia: too many days to be counted one by one.
        let uncharged = discrepancies.count { $0.rule == .unchargedRenewal }
        return SystemicCauses(
            incidents: [], parkedAccounts: [], isolated: uncharged, dueOutside: subscriptions.dueCount,
            unchargedOutside: uncharged)
    }

    /// The calendar at some detail; nil when it would be too large.
    private static func calendar(_ table: Subscriptions, threads: Int, detail: Int) throws -> DueCalendar? {
        let parts = try WorkerThreads.all(
            threads: threads,
            (0..<threads).map { part in
                {
                    DueCalendar(
                        table, rows: (table.count * part / threads)..<(table.count * (part + 1) / threads),
                        detail: detail)
                }
            })
        guard var whole = parts[0] else { return nil }
        for part in parts.dropFirst() {
            guard let part, whole.merge(part) else { return nil }
        }
        return whole
    }
}
