import GRDB

extension ChargeLedger {
    /// All links, oldest first; there are a few for each run.
    public func links() throws(LedgerError) -> [LedgerLink] {
        try perform { queue in try queue.read { try Self.links(in: $0, path) } }
    }

    static func links(in database: Database, _ path: String) throws -> [LedgerLink] {
        let cursor = try Row.fetchCursor(
            database, sql: "SELECT \(LedgerLink.columns) FROM link ORDER BY number")
        var links: [LedgerLink] = []
        while let row = try cursor.next() {
            guard let link = LedgerLink(row) else {
                throw LedgerError.broken(path: path, reason: "link \(links.count + 1) cannot be read")
            }
            links.append(link)
        }
        return links
    }

    /// The newest link.
    static func lastLink(in database: Database, _ path: String) throws -> LedgerLink? {
        let row = try Row.fetchOne(
            database, sql: "SELECT \(LedgerLink.columns) FROM link ORDER BY number DESC LIMIT 1")
        guard let row else { return nil }
        guard let link = LedgerLink(row) else {
            throw LedgerError.broken(path: path, reason: "the newest link cannot be read")
        }
        return link
    }

    /// The hash of the newest link; 64 zeros when there is none.
    public func head() throws(LedgerError) -> String {
        try perform { queue in
            try queue.read {
                try String.fetchOne($0, sql: "SELECT sha256 FROM link ORDER BY number DESC LIMIT 1")
            } ?? LedgerLink.origin
        }
    }

    /// Goes through entries in their order: those of some runs, of one subscription, or all.
    public func entries(
        ofRun run: Int? = nil, subscription: String? = nil, _ body: (LedgerLink, LedgerEntry) throws -> Void
    ) throws {
        let links = try Dictionary(uniqueKeysWithValues: links().map { ($0.number, $0) })
        try passing { queue in
            try queue.read { database in
                var conditions: [String] = []
                var arguments: [(any DatabaseValueConvertible)?] = []
                if let run {
                    conditions.append("link IN (SELECT number FROM link WHERE run = ?)")
                    arguments.append(run)
                }
                if let subscription {
                    conditions.append("subscription = ?")
                    arguments.append(subscription)
                }
                let condition = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
                let cursor = try Row.fetchCursor(
                    database,
                    sql: "SELECT link, \(LedgerEntry.columns) FROM entry \(condition) ORDER BY link, ordinal",
                    arguments: StatementArguments(arguments))
                while let row = try cursor.next() {
                    guard let number = row.number(0), let link = links[Int(number)],
                        let entry = LedgerEntry(row, from: 1)
                    else { throw LedgerError.broken(path: path, reason: "an entry cannot be read") }
                    try body(link, entry)
                }
            }
        }
    }
}
