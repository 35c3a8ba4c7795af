import GRDB

/// What was found, planned, written, collected and reversed so far, so that no period is ever collected twice.
///
/// A ledger is one SQLite file. Runs are appended to it and never altered; each link of the chain has the hash of the
/// one before it. Two resources, the ledger and a directory of files, cannot change in one step, so a run takes three:
///
/// 1. `prepare` commits a link with the run's entries and the digests of its files, which lie complete under a hidden
///    name;
/// 2. the caller publishes the directory;
/// 3. `conclude` commits a link that says so, and only then do the entries count.
///
/// Whoever opens the ledger for writing next completes or withdraws a run that was killed in between, by looking
/// whether the directory has the manifest with the run's hash (`settlePending`).
///
/// Not for use by several threads at once. Another process waits in `init` until this one is let go of.
public final class ChargeLedger {
    /// What a ledger is opened for.
    public enum Access: Sendable {
        /// To look at it, beside others who may write.
        case reading
        /// To append to it, alone.
        case writing
    }

    /// The path as it was given.
    public let path: String

    let queue: DatabaseQueue

    /// Let go of after the database; see `LedgerFile`.
    private let file: LedgerFile?

    /// Opens the ledger at `path`; for writing, it is made when there is none, and others are waited for.
    ///
    /// - Throws: what of `LedgerError` concerns opening; `broken` when the chain does not hold (its entries are looked
    ///   at by `verify` alone).
    public init(_ path: String, _ access: Access) throws(LedgerError) {
        self.path = path
        let file = try LedgerFile(path, creates: access == .writing)
        self.file = file
        if access == .writing {
            try file.lock()
        }
        do {
            var configuration = Configuration()
            configuration.busyMode = .timeout(Double(LedgerFile.patience))
            configuration.label = "ledger"
            configuration.prepareDatabase { database in
                // One file after a clean end. EXTRA also brings the end of the journal to the device.
                try database.execute(sql: "PRAGMA synchronous = EXTRA")
                try database.execute(sql: "PRAGMA trusted_schema = OFF")
            }
            queue = try DatabaseQueue(path: file.path, configuration: configuration)
        } catch {
            throw Self.error(error, path)
        }
        try file.expectPlain()
        // The first look takes back what a run left half-way that was killed; of the very first run nothing is left.
        _ = try perform { queue in try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_master") } }
        if file.isEmpty {
            guard access == .writing else { throw .missing(path: path) }
            try create()
            try file.synchronizeFolder()
        }
        try expectLedger()
        if access == .writing { try expectChain() }
    }

    deinit {
        // Nothing is under way: every change is one transaction of one call.
        try? queue.close()
    }

    /// The absolute path of a ledger; symbolic links of its folder are resolved, whether it exists or not.
    public static func location(of path: String) throws(LedgerError) -> String { try LedgerFile.resolve(path) }

    private func create() throws(LedgerError) {
        try perform { queue in try queue.write { try LedgerSchema.create(in: $0) } }
    }

    /// A ledger in memory, for tests of what does not concern the device.
    init() throws {
        path = "memory"
        file = nil
        queue = try DatabaseQueue()
        try create()
    }

    private func expectLedger() throws(LedgerError) {
        let (identifier, version, tables) = try perform { queue in
            try queue.read { database in
                (
                    try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0,
                    try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0,
                    try Int.fetchOne(
                        database,
                        sql: "SELECT count(*) FROM sqlite_master WHERE name IN ('link', 'entry', 'period')") ?? 0
                )
            }
        }
        guard identifier == LedgerSchema.applicationIdentifier else {
            throw .notALedger(path: path, reason: "it is a database of another program")
        }
        guard version <= LedgerSchema.version else { throw .newerVersion(path: path, version: version) }
        guard version == LedgerSchema.version, tables == 3 else {
            throw .notALedger(path: path, reason: "its tables are not those of version \(LedgerSchema.version)")
        }
    }

    /// Looks whether each link has the hash of the one before, and its own.
    private func expectChain() throws(LedgerError) {
        var previous = LedgerLink.origin
        for (place, link) in try links().enumerated() {
            guard link.number == place + 1, link.previousSHA256 == previous, link.sha256 == link.expectedSHA256 else {
                throw .broken(path: path, reason: "link \(place + 1) does not hold")
            }
            previous = link.sha256
        }
    }

    /// Runs a statement or several, and says in our words what went wrong.
    func perform<Result>(_ body: (DatabaseQueue) throws -> Result) throws(LedgerError) -> Result {
        do {
            return try body(queue)
        } catch {
            throw Self.error(error, path)
        }
    }

    /// The same for a body that calls others: what they throw is passed on, and only SQLite's errors become ours.
    func passing<Result>(_ body: (DatabaseQueue) throws -> Result) throws -> Result {
        do {
            return try body(queue)
        } catch let error as DatabaseError {
            throw Self.error(error, path)
        }
    }

    private static func error(_ error: any Error, _ path: String) -> LedgerError {
        if let error = error as? LedgerError { return error }
        guard let error = error as? DatabaseError else { return .failed(path: path, reason: "\(error)") }
        let reason = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_NOTADB: return .notALedger(path: path, reason: "it is no database")
        case .SQLITE_CORRUPT: return .broken(path: path, reason: reason)
        case .SQLITE_BUSY, .SQLITE_LOCKED: return .busy(path: path, seconds: LedgerFile.patience)
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_AUTH:
            return .cannotOpen(path: path, reason: reason)
        default: return .failed(path: path, reason: reason)
        }
    }
}
