import BillingValues
import GRDB

extension ChargeLedger {
    /// Proves the ledger: the chain, the entries, the sums, the tables and the periods that follow from the journal.
    ///
    /// Memory does not grow with the entries.
    ///
    /// - Returns: what does not hold, in words; empty when everything does.
    public func verify() throws(LedgerError) -> [String] {
        let links = try links()
        var faults = chainFaults(links) + orderFaults(links)
        try perform { queue in
            try queue.inDatabase { database in
                faults += try schemaFaults(database)
                faults += try entryFaults(links, database)
                faults += try periodFaults(links, database)
            }
        }
        return faults
    }

    private func chainFaults(_ links: [LedgerLink]) -> [String] {
        var faults: [String] = []
        var previous = LedgerLink.origin
        for (place, link) in links.enumerated() {
            if link.number != place + 1 { faults.append("link \(place + 1) is missing") }
            if link.previousSHA256 != previous {
                faults.append("link \(link.number) does not follow the one before it")
            }
            if link.sha256 != link.expectedSHA256 { faults.append("link \(link.number) was altered") }
            previous = link.sha256
        }
        return faults
    }

    private func orderFaults(_ links: [LedgerLink]) -> [String] {
        var faults = LedgerRun.all(links).filter(\.isDisordered).map { "run \($0.number) has links out of order" }
        for (link, next) in zip(links, links.dropFirst()) where link.act.isPending && next.run != link.run {
            faults.append("run \(link.run) was left under way")
        }
        return faults
    }

    private func schemaFaults(_ database: Database) throws -> [String] {
        var faults = try String.fetchAll(database, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
            .map { "SQLite: \($0)" }
        let statements = try Set(
            String.fetchAll(database, sql: "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"))
        for missing in LedgerSchema.statements where !statements.contains(missing) {
            faults.append("a table or trigger is not ours: \(missing.prefix { $0 != "\n" && $0 != "(" })")
        }
        for foreign in statements.subtracting(LedgerSchema.statements) {
            faults.append("a table or trigger is not ours: \(foreign.prefix { $0 != "\n" && $0 != "(" })")
        }
        return faults
    }

    /// Goes through the entries once, beside the links.
    private func entryFaults(_ links: [LedgerLink], _ database: Database) throws -> [String] {
        var faults: [String] = []
        let cursor = try Row.fetchCursor(
            database, sql: "SELECT link, ordinal, \(LedgerEntry.columns) FROM entry ORDER BY link, ordinal")
        var row = try cursor.next()
        for link in links {
            var hash = CanonicalHash()
            var sums = LedgerSums()
            var count = 0
            while let current = row, let number = current.number(0), number <= Int64(link.number) {
                if number == Int64(link.number), let entry = LedgerEntry(current, from: 2),
                    current.number(1) == Int64(count + 1)
                {
                    entry.add(to: &hash)
                    sums.add(entry)
                } else {
                    faults.append("an entry of link \(number) cannot be read or is out of order")
                }
                count += 1
                row = try cursor.next()
            }
            if count != link.entries { faults.append("link \(link.number) has \(count) entries, not \(link.entries)") }
            if hash.finish() != link.entriesSHA256 { faults.append("the entries of link \(link.number) were altered") }
            if sums.text != link.sums { faults.append("the sums of link \(link.number) do not hold") }
        }
        if row != nil { faults.append("there are entries without a link") }
        return faults
    }

    /// Derives the periods anew from the journal and compares.
    private func periodFaults(_ links: [LedgerLink], _ database: Database) throws -> [String] {
        try database.execute(sql: "DROP TABLE IF EXISTS temp.expected")
        try database.execute(sql: LedgerSchema.periodTable("temp.expected"))
        defer { try? database.execute(sql: "DROP TABLE IF EXISTS temp.expected") }
        let projection = PeriodProjection(table: "temp.expected")
        var pending: LedgerLink?
        do {
            for link in links {
                switch link.act {
                case .audit, .proposal, .release: pending = link
                case .published: if let counted = pending { try projection.apply(counted, in: database) }
                case .withdrawn: pending = nil
                case .rejected: try projection.apply(link, in: database)
                }
            }
        } catch let error as DatabaseError
            where error.resultCode == .SQLITE_CONSTRAINT || error.message == "a period twice"
        {
            return ["a period was planned twice"]
        }
        let differing = try Int.fetchOne(
            database,
            sql: """
                SELECT (SELECT count(*) FROM (SELECT * FROM main.period EXCEPT SELECT * FROM temp.expected))
                     + (SELECT count(*) FROM (SELECT * FROM temp.expected EXCEPT SELECT * FROM main.period))
                """)
        return differing == 0 ? [] : ["the table of periods is not what follows from the journal"]
    }
}
