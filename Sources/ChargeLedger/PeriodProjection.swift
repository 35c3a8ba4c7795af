import ArrearsRecovery
import GRDB

/// The table of periods, brought up to date link by link.
///
/// Only links that count are applied: an audit, proposal or release that was published, and a rejection.
struct PeriodProjection {
    /// The name of the table.
    let table: String

    /// Applies a link's entries.
    func apply(_ link: LedgerLink, in database: Database) throws {
        switch link.act {
        case .audit:
            try applyEntries(of: link, planned: RecoveryActs([.init(.planned), .init(.written)]), in: database)
        case .proposal: try applyEntries(of: link, planned: RecoveryActs(.planned), in: database)
        case .release: try mark(link, in: database)
        case .rejected: try free(link.run, in: database)
        case .published, .withdrawn: break
        }
    }

    private func applyEntries(of link: LedgerLink, planned: RecoveryActs, in database: Database) throws {
        let inserted = """
            INSERT INTO \(table) (subscription, kind, period_start, period_end, run, amount, currency, collect_on, acts)
            SELECT subscription, kind, period_start, period_end, :run, amount, currency, day, :acts
            FROM entry WHERE link = :link AND act = :act
            """
        let plans = try Int.fetchOne(
            database, sql: "SELECT count(*) FROM entry WHERE link = ? AND act = 'planned'", arguments: [link.number])
        let before = database.totalChangesCount
        try database.execute(
            sql: inserted + """
                 ON CONFLICT DO UPDATE SET period_end = excluded.period_end, run = excluded.run,
                  amount = excluded.amount, currency = excluded.currency, collect_on = excluded.collect_on,
                  acts = acts | excluded.acts
                WHERE acts & 1 = 0
                """,
            arguments: [
                "run": link.run, "acts": planned.rawValue, "link": link.number, "act": RecoveryAct.planned.rawValue,
            ])
        guard database.totalChangesCount - before == plans else { throw DatabaseError(message: "a period twice") }
        for act in [RecoveryAct.uncollected, .writtenOff] {
            try database.execute(
                sql: inserted + " ON CONFLICT DO UPDATE SET acts = acts | excluded.acts",
                arguments: ["run": link.run, "acts": act.bit, "link": link.number, "act": act.rawValue])
        }
        try mark(link, in: database)
    }

    /// Notes what happened to periods that stand in the table.
    private func mark(_ link: LedgerLink, in database: Database) throws {
        for act in RecoveryAct.allCases where ![.planned, .uncollected, .writtenOff].contains(act) {
            try database.execute(
                sql: """
                    UPDATE \(table) SET acts = acts | :bit
                    WHERE (subscription, kind, period_start) IN
                      (SELECT subscription, kind, period_start FROM entry WHERE link = :link AND act = :act)
                    """, arguments: ["bit": act.bit, "link": link.number, "act": act.rawValue])
        }
    }

    /// Takes back what a run planned, but for periods to which something has happened since the charge was written.
    private func free(_ run: Int, in database: Database) throws {
        try database.execute(
            sql: "UPDATE \(table) SET acts = acts & ~195 WHERE run = ? AND (acts & 2 = 0 OR acts & 60 = 0)",
            arguments: [run])
        try database.execute(sql: "DELETE FROM \(table) WHERE run = ? AND acts = 0", arguments: [run])
    }
}
