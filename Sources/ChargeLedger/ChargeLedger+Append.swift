public import BillingValues
import GRDB

extension ChargeLedger {
    /// Commits what a run is about to publish; its entries do not count before `conclude`.
    ///
    /// - Parameters:
    ///   - entries: calls its argument with each entry.
    ///   - seal: called with the link before it is committed; here the manifest is written, which has the link's hash.
    ///     When it throws, nothing is committed.
    /// - Returns: the link.
    public func prepare(
        _ draft: LedgerLink.Draft, entries: ((LedgerEntry) throws -> Void) throws -> Void,
        seal: (LedgerLink) throws -> Void
    ) throws -> LedgerLink {
        try passing { queue in
            try queue.write { database in try prepare(draft, in: database, entries: entries, seal: seal) }
        }
    }

    private func prepare(
        _ draft: LedgerLink.Draft, in database: Database, entries: ((LedgerEntry) throws -> Void) throws -> Void,
        seal: (LedgerLink) throws -> Void
    ) throws -> LedgerLink {
        if let last = try Self.lastLink(in: database, path), last.act.isPending {
            throw LedgerError.notPossible(path: path, reason: "run \(last.run) is under way")
        }
        let link = try append(draft, to: database, entries: entries)
        if link.act != .release { try expectNothingTwice(link, in: database) }
        try seal(link)
        return link
    }

    /// Commits what became of the pending link, and lets its entries count when it was published.
    ///
    /// - Parameters:
    ///   - name: the person who says so, where nobody else can.
    ///   - day: the day on which they did; that of the run when nobody had to.
    public func conclude(
        published: Bool, by name: String? = nil, on day: CivilDate? = nil
    ) throws(LedgerError) {
        try perform { queue in
            try queue.write { database in
                guard let link = try Self.lastLink(in: database, path), link.act.isPending else {
                    throw LedgerError.notPossible(path: path, reason: "no run is under way")
                }
                let draft = LedgerLink.Draft(
                    act: published ? .published : .withdrawn, run: link.run, decidedOn: day ?? link.decidedOn, by: name,
                    program: link.program)
                _ = try append(draft, to: database) { _ in }
                if published { try PeriodProjection(table: "period").apply(link, in: database) }
            }
        }
    }

    /// Commits that the plan of a run is given up; its periods may be planned anew.
    ///
    /// - Parameter isUnused: whether a person says that the charges, which were published, were never handed in. Periods
    ///   of which a charge was seen stay planned all the same.
    public func reject(
        run: Int, by name: String, on day: CivilDate, program: String, isUnused: Bool = false
    ) throws(LedgerError) {
        try perform { queue in
            try queue.write { database in
                let runs = LedgerRun.all(try Self.links(in: database, path))
                guard let state = runs.first(where: { $0.number == run })?.state else {
                    throw LedgerError.notPossible(path: path, reason: "the ledger has no run \(run)")
                }
                guard state == .proposed || isUnused && (state == .published || state == .released) else {
                    throw LedgerError.notPossible(
                        path: path,
                        reason: "run \(run) cannot be withdrawn: it is \(state.rawValue)"
                            + (state == .published || state == .released
                                ? "; hand in its reversals, or say --unused if its charges were never handed in" : ""))
                }
                let draft = LedgerLink.Draft(act: .rejected, run: run, decidedOn: day, by: name, program: program)
                let link = try append(draft, to: database) { _ in }
                try PeriodProjection(table: "period").apply(link, in: database)
            }
        }
    }

    private func append(
        _ draft: LedgerLink.Draft, to database: Database, entries: ((LedgerEntry) throws -> Void) throws -> Void
    ) throws -> LedgerLink {
        let last = try Row.fetchOne(database, sql: "SELECT number, sha256 FROM link ORDER BY number DESC LIMIT 1")
        let number = Int(last?.number(0) ?? 0) + 1
        let insertion = try database.makeStatement(
            sql: "INSERT INTO entry (link, ordinal, \(LedgerEntry.columns)) VALUES (?,?,?,?,?,?,?,?,?,?,?)")
        var hash = CanonicalHash()
        var sums = LedgerSums()
        var count = 0
        try entries { entry in
            count += 1
            entry.add(to: &hash)
            sums.add(entry)
            try insertion.execute(arguments: StatementArguments([number, count] + entry.values))
        }
        let link = LedgerLink(
            draft, number: number, previous: last?.text(1) ?? LedgerLink.origin, entries: count,
            entriesSHA256: hash.finish(), sums: sums)
        let places = Array(repeating: "?", count: link.values.count).joined(separator: ",")
        try database.execute(
            sql: "INSERT INTO link (\(LedgerLink.columns)) VALUES (\(places))",
            arguments: StatementArguments(link.values))
        return link
    }

    /// The last guard: no entry plans what is planned, and no run plans anything twice.
    private func expectNothingTwice(_ link: LedgerLink, in database: Database) throws {
        let twice = try Int.fetchOne(
            database,
            sql: """
                SELECT (SELECT count(*) FROM entry JOIN period USING (subscription, kind, period_start)
                        WHERE link = :link AND act = 'planned' AND acts & 1 <> 0)
                     + (SELECT count(*) - count(DISTINCT subscription || char(0) || kind || char(0) || period_start)
                        FROM entry WHERE link = :link AND act = 'planned')
                """, arguments: ["link": link.number])
        guard twice == 0 else {
            throw LedgerError.notPossible(path: path, reason: "a period would be planned twice; please report it")
        }
    }
}
