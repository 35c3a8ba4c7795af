public import ArrearsRecovery
public import BillingValues
import GRDB
public import RenewalAudit

extension ChargeLedger {
    /// Calls `body` with a question that says of a period what has happened to it; all answers are of one moment.
    public func askingForPeriods<Result>(
        _ body: ((_ subscription: String, _ start: CivilDate) throws -> RecoveryActs?) throws -> Result
    ) throws(LedgerError) -> Result {
        try perform { queue in
            try queue.read { database in
                let statement = try database.makeStatement(
                    sql: "SELECT acts FROM period WHERE subscription = ? AND kind = ? AND period_start = ?")
                return try body { subscription, start in
                    let acts = try Int64.fetchOne(
                        statement, arguments: [subscription, LedgerEntry.kind, start.description])
                    return acts.map { RecoveryActs(rawValue: UInt8(truncatingIfNeeded: $0)) }
                }
            }
        }
    }

    /// The periods that were planned and to which something may still happen, by subscription and first day.
    ///
    /// - Parameter subject: the row of a subscription, or its id where the audit does not know it.
    public func openPeriods(
        _ subject: (_ subscription: String, _ start: CivilDate) -> Discrepancy.Subject
    ) throws(LedgerError) -> [KnownPeriod] {
        try plannedPeriods(areOpen: true, subject) { _ in true }
    }

    /// The periods that were ever planned, open or not, as far as somebody wants them.
    ///
    /// Memory: by those that are wanted.
    public func plannedPeriods(
        _ subject: (_ subscription: String, _ start: CivilDate) -> Discrepancy.Subject,
        where isWanted: (KnownPeriod) -> Bool
    ) throws(LedgerError) -> [KnownPeriod] {
        try plannedPeriods(areOpen: false, subject, where: isWanted)
    }

    private func plannedPeriods(
        areOpen: Bool, _ subject: (_ subscription: String, _ start: CivilDate) -> Discrepancy.Subject,
        where isWanted: (KnownPeriod) -> Bool
    ) throws(LedgerError) -> [KnownPeriod] {
        try perform { queue in
            try queue.read { database in
                let cursor = try Row.fetchCursor(
                    database,
                    sql: """
                        SELECT subscription, period_start, period_end, amount, currency, collect_on, acts FROM period
                        WHERE acts & 1 <> 0\(areOpen ? " AND acts & 16 = 0" : "")
                        ORDER BY subscription, kind, period_start
                        """)
                var periods: [KnownPeriod] = []
                while let row = try cursor.next() {
                    guard let subscription = row.text(0), let start = row.day(1), let end = row.day(2),
                        let period = BillingPeriod(start: start, end: end), let amount = row.number(3),
                        let currency = row.text(4).flatMap({ Currency(code: $0) }), let collectOn = row.day(5),
                        let acts = row.number(6)
                    else { throw LedgerError.broken(path: path, reason: "a period cannot be read") }
                    let known = KnownPeriod(
                        subscription: subscription, subject: subject(subscription, start), period: period,
                        amount: Money(minorUnits: amount, currency: currency), collectOn: collectOn,
                        acts: RecoveryActs(rawValue: UInt8(truncatingIfNeeded: acts)))
                    if isWanted(known) { periods.append(known) }
                }
                return periods
            }
        }
    }

    /// The periods that a proposed run planned and that nobody has paid or rejected since, in the order of the plan.
    public func proposedPeriods(ofRun run: Int) throws -> [LedgerEntry] {
        var open: Set<PeriodKey> = []
        try perform { queue in
            try queue.read { database in
                let cursor = try Row.fetchCursor(
                    database, sql: "SELECT subscription, period_start FROM period WHERE run = ? AND acts & ~64 = 1",
                    arguments: [run])
                while let row = try cursor.next() {
                    guard let subscription = row.text(0), let start = row.text(1) else { continue }
                    open.insert(PeriodKey(subscription: subscription, start: start))
                }
            }
        }
        var periods: [LedgerEntry] = []
        try entries(ofRun: run) { _, entry in
            let key = PeriodKey(subscription: entry.subscription, start: entry.period.start.description)
            if entry.act == .planned, open.contains(key) { periods.append(entry) }
        }
        return periods
    }
}

/// What tells a period from every other.
private struct PeriodKey: Hashable {
    let subscription: String
    let start: String
}
